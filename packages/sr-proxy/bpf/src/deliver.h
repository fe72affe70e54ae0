/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef SR_DELIVER_H
#define SR_DELIVER_H
/* The end of a chain: the IP packet goes to the kernel, or to the configured next hop. */

/* Without its labels, with the Ethernet header and tags that it came with. */
SR_INLINE int sr_to_kernel(sr_ctx *ctx, struct sr_work *work) {
  SR_FORGET();
  __u32 l2 = work->l2 & 31, offset = work->inner & 127;
  sr_stat(SR_STAT_PASSED, work->length);
  if (offset == l2) return XDP_PASS;
  __u8 *at = SR_DATA(ctx), *end = SR_END(ctx);
  if (at + 22 > end) return SR_DROPPED(SR_DROP_MALFORMED);
  __u32 header[5];
  for (int i = 0; i < 5; i++) header[i] = SR_LOAD32(at + 4 * i);
  __u8 *inner = SR_DATA(ctx) + offset;
  if (inner + 1 > end) return SR_DROPPED(SR_DROP_MALFORMED);
  __u16 type = sr_type_of(inner);
  if (sr_adjust_head(ctx, (int)offset - (int)l2)) return SR_DROPPED(SR_DROP_NO_ROOM);
  at = SR_DATA(ctx);
  end = SR_END(ctx);
  /* The IP packet has 20 bytes at least, and so the frame has 34. */
  if (at + 22 > end) return SR_DROPPED(SR_DROP_MALFORMED);
  for (int i = 0; i < 3; i++) SR_STORE32(at + 4 * i, header[i]);
  if (l2 == SR_ETHERNET) {
    SR_STORE16(at + 12, type);
    return XDP_PASS;
  }
  SR_STORE32(at + 12, header[3]);
  if (l2 == SR_ETHERNET + 4) {
    SR_STORE16(at + 16, type);
    return XDP_PASS;
  }
  SR_STORE32(at + 16, header[4]);
  SR_STORE16(at + 20, type);
  return XDP_PASS;
}

SR_INLINE int sr_end(sr_ctx *ctx, struct sr_work *work, struct sr_config *settings) {
  SR_FORGET();
  __u8 *inner = SR_DATA(ctx) + (work->inner & 127);
  if (inner + 20 > SR_END(ctx)) return SR_DROPPED(SR_DROP_MALFORMED);
  if (inner[0] >> 4 != 4 && inner[0] >> 4 != 6) return SR_DROPPED(SR_DROP_NOT_IP);
  if (!settings->end_nexthop) return sr_to_kernel(ctx, work);
  if (!work->decremented) {
    int result = sr_ip_hop(ctx, work);
    if (result < 0) return result;
  }
  return sr_send_to(ctx, work, settings->end_nexthop, work->count);
}
#endif
