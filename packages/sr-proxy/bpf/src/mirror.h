/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef SR_MIRROR_H
#define SR_MIRROR_H
/*
 * sr-mirror: an SR-aware VNF. Its label is popped; the kernel clones the frame to all devices of a DEVMAP: the
 * monitor, and a veth whose other end runs sr_network, where the packet goes on.
 */
#include "send.h"
#include "stack.h"

SR_INLINE int sr_copy(sr_ctx *ctx, struct sr_work *work) {
  __u32 id = work->argument;
  /* The kernel's copy of a frame has its first buffer only (xdpf_clone). */
  if ((__u32)(SR_END(ctx) - SR_DATA(ctx)) != sr_length(ctx)) return SR_DROPPED(SR_DROP_MTU);
  struct sr_l2 *l2 = id ? sr_lookup(mirror_l2, &id) : 0;
  if (!l2) return SR_DROPPED(SR_DROP_NO_VNF);
  int ttl = sr_pop(work, sr_top(work), work->flags);
  if (ttl < 0) return ttl;
  __u32 labels = work->count - work->top;
  __u8 *inner = SR_DATA(ctx) + (work->inner & 127);
  if (inner + 1 > SR_END(ctx)) return SR_DROPPED(SR_DROP_MALFORMED);
  __u16 type = labels ? SR_TYPE_MPLS : sr_type_of(inner);
  int result = sr_rewrite(ctx, work, l2->vlan ? SR_ETHERNET + 4 : SR_ETHERNET, work->top);
  if (result < 0) return result;
  __u8 *at = SR_DATA(ctx);
  if (at + 18 > SR_END(ctx)) return SR_DROPPED(SR_DROP_MALFORMED);
  sr_write_ethernet(at, l2, type);
  sr_stat(SR_STAT_MIRRORED, work->length);
  result = sr_broadcast(ctx, id);
  return result == XDP_REDIRECT ? result : SR_DROPPED(SR_DROP_REDIRECT);
}
#endif
