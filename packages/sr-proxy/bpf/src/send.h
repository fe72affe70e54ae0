/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef SR_SEND_H
#define SR_SEND_H
/* Writing the new headers in front of the inner packet, and sending it off. */

/* The frame becomes: room for `l2` bytes, the stack from `from` on, the inner packet. Returns the first byte. */
SR_INLINE int sr_rewrite(sr_ctx *ctx, struct sr_work *work, __u32 l2, __u32 from) {
  SR_FORGET();
  __u32 inner = work->inner & 127;
  __u32 count = work->count & 31;
  __u32 labels = from < count ? count - from : 0;
  int by = (int)inner - (int)(l2 + 4 * labels);
  if (by && sr_adjust_head(ctx, by)) return SR_DROPPED(SR_DROP_NO_ROOM);
  work->inner = (__u32)((int)inner - by);
  if (!labels) return 0;
  __u8 *at = SR_DATA(ctx) + (l2 & 31), *end = SR_END(ctx);
  for (__u32 i = 0; i < SR_MAX_LABELS; i++) {
    if (i >= labels) break;
    if (at + 4 > end) return SR_DROPPED(SR_DROP_MALFORMED);
    SR_STORE32(at, work->stack[(from + i) & (SR_MAX_LABELS - 1)]);
    at += 4;
  }
  return 0;
}

SR_INLINE __u16 sr_type_of(const __u8 *inner) {
  return inner[0] >> 4 == 4 ? SR_TYPE_IPV4 : SR_TYPE_IPV6;
}

/* Ethernet header and tag at the start of the frame; at least 18 bytes are checked. */
SR_INLINE void sr_write_ethernet(__u8 *at, const struct sr_l2 *l2, __u16 type) {
  SR_STORE32(at, SR_LOAD32(l2->dst));
  SR_STORE16(at + 4, SR_LOAD16(l2->dst + 4));
  SR_STORE16(at + 6, SR_LOAD16(l2->src));
  SR_STORE32(at + 8, SR_LOAD32(l2->src + 2));
  if (l2->vlan) {
    SR_STORE16(at + 12, SR_TYPE_VLAN);
    SR_STORE16(at + 14, sr_swap16(l2->vlan));
    SR_STORE16(at + 16, type);
  } else {
    SR_STORE16(at + 12, type);
  }
}

/* With the stack from `from` on: MTU, headers, redirect. */
SR_INLINE int sr_send(sr_ctx *ctx, struct sr_work *work, const struct sr_l2 *l2, __u32 from) {
  __u32 header = l2->vlan ? SR_ETHERNET + 4 : SR_ETHERNET;
  __u32 count = work->count & 31;
  __u32 labels = from < count ? 4 * (count - from) : 0;
  if (l2->mtu && work->length - work->inner + labels > l2->mtu) {
    work->mtu = l2->mtu > labels ? l2->mtu - labels : 0;
    sr_tail(ctx, SR_PROG_TOO_BIG);
    return SR_DROPPED(SR_DROP_MTU);
  }
  __u32 offset = work->inner & 127;
  __u8 *inner = SR_DATA(ctx) + offset;
  if (inner + 1 > SR_END(ctx)) return SR_DROPPED(SR_DROP_MALFORMED);
  __u16 type = labels ? SR_TYPE_MPLS : sr_type_of(inner);
  int result = sr_rewrite(ctx, work, header, from);
  if (result < 0) return result;
  __u8 *at = SR_DATA(ctx);
  if (at + 18 > SR_END(ctx)) return SR_DROPPED(SR_DROP_MALFORMED);
  sr_write_ethernet(at, l2, type);
  result = (int)sr_redirect(ctx, l2->tx);
  return result == XDP_REDIRECT ? result : SR_DROPPED(SR_DROP_REDIRECT);
}

/* To a next hop by its id. */
SR_INLINE int sr_send_to(sr_ctx *ctx, struct sr_work *work, __u32 id, __u32 from) {
  struct sr_nexthop *nexthop = id ? sr_lookup(nexthops, &id) : 0;
  if (!nexthop) return SR_DROPPED(SR_DROP_NO_VNF);
  sr_stat(SR_STAT_FORWARDED, work->length);
  return sr_send(ctx, work, &nexthop->l2, from);
}
#endif
