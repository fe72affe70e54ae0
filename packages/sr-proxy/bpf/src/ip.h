/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef SR_IP_H
#define SR_IP_H
/* TTL, hop limit and traffic class of the IP header (RFC 791, RFC 8200), for what the label model asks. */

/* Sets TTL (never up) and the class selector bits of the DSCP (RFC 2474 §4.2.2.1), only where they differ. */
SR_INLINE int sr_ip_take_label(sr_ctx *ctx, struct sr_work *work, __u32 ttl, __u32 tc) {
  SR_FORGET();
  __u8 *ip = SR_DATA(ctx) + (work->inner & 127);
  if (ip + 20 > SR_END(ctx)) return SR_DROPPED(SR_DROP_MALFORMED);
  if (work->family == 4) {
    __u16 before = SR_LOAD16(ip), ttl_before = SR_LOAD16(ip + 8), checksum = SR_LOAD16(ip + 10);
    if (ip[1] >> 5 != tc) {
      ip[1] = (__u8)(tc << 5 | (ip[1] & 3));
      checksum = sr_checksum_replace(checksum, before, SR_LOAD16(ip));
    }
    if (ip[8] > ttl) {
      ip[8] = (__u8)ttl;
      checksum = sr_checksum_replace(checksum, ttl_before, SR_LOAD16(ip + 8));
    }
    SR_STORE16(ip + 10, checksum);
    return 0;
  }
  __u32 class = ((__u32)ip[0] << 4 | ip[1] >> 4) & 0xff;
  if (class >> 5 != tc) {
    class = tc << 5 | (class & 3);
    ip[0] = (__u8)(0x60 | class >> 4);
    ip[1] = (__u8)((class & 15) << 4 | (ip[1] & 15));
  }
  if (ip[7] > ttl) ip[7] = (__u8)ttl;
  return 0;
}

/* TTL << 3 | class selector: what a label takes over from the packet in the uniform model. */
SR_INLINE int sr_ip_class(sr_ctx *ctx, struct sr_work *work, __u32 *ttl, __u32 *tc) {
  SR_FORGET();
  __u8 *ip = SR_DATA(ctx) + (work->inner & 127);
  if (ip + 20 > SR_END(ctx)) return SR_DROPPED(SR_DROP_MALFORMED);
  *ttl = work->family == 4 ? ip[8] : ip[7];
  *tc = work->family == 4 ? ip[1] >> 5 : (__u32)(ip[0] & 15) >> 1;
  return 0;
}

/* One hop of IP forwarding. */
SR_INLINE int sr_ip_hop(sr_ctx *ctx, struct sr_work *work) {
  SR_FORGET();
  __u8 *ip = SR_DATA(ctx) + (work->inner & 127);
  if (ip + 20 > SR_END(ctx)) return SR_DROPPED(SR_DROP_MALFORMED);
  if (ip[0] >> 4 == 4) {
    __u16 before = SR_LOAD16(ip + 8);
    if (ip[8] <= 1) return SR_DROPPED(SR_DROP_TTL);
    ip[8]--;
    SR_STORE16(ip + 10, sr_checksum_replace(SR_LOAD16(ip + 10), before, SR_LOAD16(ip + 8)));
    return 0;
  }
  if (ip[7] <= 1) return SR_DROPPED(SR_DROP_TTL);
  ip[7]--;
  return 0;
}
#endif
