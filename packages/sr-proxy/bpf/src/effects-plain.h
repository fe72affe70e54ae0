/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef SR_EFFECTS_PLAIN_H
#define SR_EFFECTS_PLAIN_H
/* Redirects and events for a host that carries them out itself. */
extern struct sr_event sr_held;
extern __u32 sr_held_pending;

SR_INLINE int sr_redirect(sr_ctx *ctx, __u32 slot) {
  __u32 *ifindex = sr_lookup(tx, &slot);
  if (!ifindex || !*ifindex) return XDP_DROP;
  ctx->tx = *ifindex;
  return XDP_REDIRECT;
}

SR_INLINE int sr_broadcast(sr_ctx *ctx, __u32 mirror) {
  ctx->tx = 0;
  ctx->mirror = mirror;
  return XDP_REDIRECT;
}

SR_INLINE int sr_event_held(sr_ctx *ctx, __u32 service, __u32 length) {
  if (sr_held_pending) return -1;
  sr_held.type = SR_EVENT_HELD;
  sr_held.service = service;
  sr_held.ifindex = ctx->ifindex;
  sr_held.length = length;
  __builtin_memcpy(sr_held.frame, ctx->data, length);
  sr_held_pending = 1;
  return 0;
}

/* Tables in memory do not outlive the program that reads them. */
#define sr_find_before(before, key) ((void *)0)
#define sr_brought_over(before, table, key) ((void *)0)
#endif
