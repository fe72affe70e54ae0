/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef SR_RETURN_H
#define SR_RETURN_H
/* Frames from a VNF: the stack that belongs to them is restored, and they go on at once with its first label. */
#include "switch.h"

/* ARP, neighbour discovery, link-local: the VNF talks to its neighbour, the kernel. */
SR_INLINE int sr_is_neighbour_talk(sr_ctx *ctx, struct sr_work *work) {
  if (work->family != 6) return 0;
  SR_FORGET();
  __u8 *ip = SR_DATA(ctx) + (work->l2 & 31);
  if (ip + 40 > SR_END(ctx)) return 0;
  /* RFC 4861 §4: router and neighbour solicitation, advertisement, redirect, with hop limit 255. */
  if (ip[6] == SR_ICMP6 && ip[7] == 255 && ip + 41 <= SR_END(ctx) && ip[40] >= 133 && ip[40] <= 137) return 1;
  /* fe80::/10 as source, or ff02::/16 as destination (RFC 4291 §2.5.6, §2.7) */
  return (ip[8] == 0xfe && (ip[9] & 0xc0) == 0x80) || (ip[24] == 0xff && (ip[25] & 15) == 2) ||
         (ip[24] == 0xfe && (ip[25] & 0xc0) == 0x80);
}

/* The restored top entry as the label model wants it. */
SR_INLINE int sr_resume(sr_ctx *ctx, struct sr_work *work, struct sr_config *settings) {
  if (work->flags & SR_LABEL_UNIFORM) {
    __u32 ttl, tc;
    int result = sr_ip_class(ctx, work, &ttl, &tc);
    if (result < 0) return result;
    if (!ttl) return SR_DROPPED(SR_DROP_TTL);
    work->decremented = 1;
    if (work->top < work->count) sr_set_top(work, (sr_top(work) & ~0xe00u & ~0xffu) | tc << 9 | ttl);
  }
  return sr_switch(ctx, work, settings);
}

/* A configured stack (stacks id) instead of a remembered one. */
SR_INLINE int sr_take_stack(sr_ctx *ctx, struct sr_work *work, __u32 id) {
  work->top = 0;
  work->count = 0;
  if (!id) return 0;
  struct sr_stack *stack = sr_lookup(stacks, &id);
  if (!stack || stack->count > SR_MAX_LABELS) return SR_DROPPED(SR_DROP_NO_VNF);
  __u32 count = stack->count, ttl = 0, tc = 0;
  int result = sr_ip_class(ctx, work, &ttl, &tc);
  if (result < 0) return result;
  for (__u32 i = 0; i < SR_MAX_LABELS; i++) {
    if (i >= count) break;
    __u32 entry = stack->entries[i] & ~0x100u;
    if (!SR_TTL(entry)) entry |= ttl;
    work->stack[i] = sr_swap32(entry) | (i + 1 == count ? SR_BOTTOM : 0);
  }
  work->count = count & 31;
  SR_FORGET();
  return 0;
}

SR_INLINE int sr_from_vnf(sr_ctx *ctx, struct sr_work *work, struct sr_config *settings) {
  struct sr_ethernet header;
  sr_stat(SR_STAT_RETURNED, work->length);
  int result = sr_read_ethernet(ctx, work, &header);
  if (result < 0) return result;
  struct sr_port_key key = {.ifindex = sr_ifindex(ctx), .vlan = header.vlan, .generation = settings->generation};
  struct sr_port *port = sr_find_port(work, &key);
  if (!port) return SR_DROPPED(SR_DROP_UNKNOWN_PORT);
  if (header.type == SR_TYPE_MPLS || header.type == SR_TYPE_MPLS_UPSTREAM) return SR_DROPPED(SR_DROP_FORGED);
  if (header.type != SR_TYPE_IPV4 && header.type != SR_TYPE_IPV6) {
    sr_stat(SR_STAT_PASSED, work->length);
    return XDP_PASS;
  }
  work->from_vnf = 1;
  work->inner = work->l2;
  result = sr_read_inner(ctx, work);
  if (result < 0) return result;
  __u32 vnf = port->vnf;
  struct sr_vnf_counter *counter = sr_lookup(vnf_counters, &vnf);
  if (counter) sr_add(&counter->from, work->length);
  /* One way on for all of them: the verifier follows each by itself. */
  int found = 1;
  if (port->mode == SR_RETURN_STATIC) {
    if (sr_is_neighbour_talk(ctx, work)) goto kernel;
    work->flags = 0;
    result = sr_take_stack(ctx, work, port->stack);
    if (result < 0) return result;
  } else if (!sr_restore_line(work, port->scope)) {
    struct sr_session *session = sr_find_moved(work, port->scope);
    if (session) {
      if (!sr_restore(work, session, sr_tuple_mix(work))) return SR_DROPPED(SR_DROP_RACE);
      sr_touch(session);
    } else {
      found = sr_restore_before(work);
    }
  }
  if (found) return sr_resume(ctx, work, settings);
  if (sr_is_neighbour_talk(ctx, work)) goto kernel;
  work->scope = port->scope;
  work->sent_scope = port->sent_scope;
  work->port_mode = port->mode;
  work->port_flags = port->flags;
  sr_tail(ctx, SR_PROG_ANSWER);
  return SR_DROPPED(SR_DROP_NO_PROGRAM);
kernel:
  sr_stat(SR_STAT_PASSED, work->length);
  return XDP_PASS;
}
#endif
