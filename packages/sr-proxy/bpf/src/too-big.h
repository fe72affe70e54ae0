/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef SR_TOO_BIG_H
#define SR_TOO_BIG_H
/*
 * A packet that came from a VNF and with its labels would be longer than the MTU: ICMP back to where it came from,
 * as a router does (RFC 792, RFC 1191 §4; RFC 4443 §3.2; RFC 3032 §3.4). The VNF passes it on to the sender, or the
 * reverse chain does. IPv4 without DF is dropped, not fragmented.
 */
#include "counters.h"

/* Bytes of the packet that are sent back: RFC 1812 §4.3.2.3 (576 in all), RFC 4443 §2.4 (c) (1,280 in all). */
#define SR_QUOTED4 548u
#define SR_QUOTED6 1232u
#define SR_QUOTED_LEAST 48u /* a header and the 8 octets after it */

/* What must not be answered (RFC 1812 §4.3.2.7, RFC 4443 §2.4 (e)): ICMP errors, no unicast source. */
SR_INLINE int sr_may_answer(struct sr_work *work, __u8 *ip) {
  if (work->family == 4) {
    if (work->tuple.v4.kind == SR_KIND_ERROR || !(ip[6] & 0x40)) return 0;
    return ip[12] && ip[12] < 224 && ip[16] < 224;
  }
  if (work->tuple.v6.kind == SR_KIND_ERROR || ip[8] == 0xff) return 0;
  return SR_LOAD32(ip + 8) || SR_LOAD32(ip + 12) || SR_LOAD32(ip + 16) || SR_LOAD32(ip + 20);
}

/* RFC 1812 §4.3.2.8, RFC 4443 §2.4 (f): so many in a second (2^30 ns), per CPU. */
SR_INLINE int sr_within_rate(struct sr_work *work, struct sr_config *settings) {
  __u64 second = sr_now();
  if (work->icmp_second != second) {
    work->icmp_second = second;
    work->icmp_sent = 0;
  }
  return work->icmp_sent++ < settings->icmp_per_second;
}

SR_INLINE __u64 sr_sum(const __u8 *at, __u32 words) {
  __u64 sum = 0;
  for (__u32 i = 0; i < words; i++) sum += SR_LOAD32(at + 4 * i);
  return sum;
}

/* Of `bytes` from `at` on, a multiple of 4; 0: the frame has fewer. */
SR_INLINE __u64 sr_sum_to(const __u8 *at, const __u8 *end, __u32 bytes) {
  __u64 sum = 0;
#pragma clang loop unroll(disable)
  for (__u32 i = 0; i < 8 + SR_QUOTED6; i += 4, at += 4) {
    if (i >= bytes) return sum;
    if (at + 4 > end) return 0;
    sum += SR_LOAD32(at);
  }
  return bytes == 8 + SR_QUOTED6 ? sum : 0;
}

/* ip: room for the new header, the ICMP header, then the quoted packet. 0: it is not there. */
SR_INLINE int sr_write_too_big4(__u8 *ip, __u8 *end, struct sr_work *work, struct sr_config *settings, __u32 cited) {
  __u8 *icmp = ip + 20, *quoted = icmp + 8;
  if (quoted + SR_QUOTED_LEAST > end) return 0;
  __u32 own = SR_LOAD32(settings->icmp_source4);
  SR_STORE32(ip, sr_swap32(0x45c00000u | (28 + cited)));
  SR_STORE32(ip + 4, 0);
  SR_STORE32(ip + 8, sr_swap32(64u << 24 | SR_ICMP4 << 16));
  SR_STORE32(ip + 12, own ? own : SR_LOAD32(quoted + 16));
  SR_STORE32(ip + 16, SR_LOAD32(quoted + 12));
  SR_STORE16(ip + 10, (__u16)~sr_fold(sr_sum(ip, 5)));
  SR_STORE32(icmp, sr_swap32(3u << 24 | 4u << 16));
  SR_STORE32(icmp + 4, sr_swap32(work->mtu & 0xffff));
  __u64 sum = sr_sum_to(icmp, end, 8 + cited);
  SR_STORE16(icmp + 2, (__u16)~sr_fold(sum));
  return sum != 0;
}

SR_INLINE int sr_write_too_big6(__u8 *ip, __u8 *end, struct sr_work *work, struct sr_config *settings, __u32 cited) {
  __u8 *icmp = ip + 40, *quoted = icmp + 8;
  if (quoted + SR_QUOTED_LEAST > end) return 0;
  __u32 own = 0;
  for (int i = 0; i < 4; i++) own |= SR_LOAD32(settings->icmp_source6 + 4 * i);
  SR_STORE32(ip, sr_swap32(0x60000000u));
  SR_STORE32(ip + 4, sr_swap32((8u + cited) << 16 | SR_ICMP6 << 8 | 64));
  for (int i = 0; i < 4; i++) {
    SR_STORE32(ip + 8 + 4 * i, own ? SR_LOAD32(settings->icmp_source6 + 4 * i) : SR_LOAD32(quoted + 24 + 4 * i));
    SR_STORE32(ip + 24 + 4 * i, SR_LOAD32(quoted + 8 + 4 * i));
  }
  SR_STORE32(icmp, sr_swap32(2u << 24));
  SR_STORE32(icmp + 4, sr_swap32(work->mtu));
  __u64 sum = sr_sum_to(icmp, end, 8 + cited);
  SR_STORE16(icmp + 2, (__u16)~sr_fold(sum + sr_sum(ip + 8, 8) + sr_swap32(8u + cited) + sr_swap32(SR_ICMP6)));
  return sum != 0;
}

SR_INLINE int sr_too_long(sr_ctx *ctx, struct sr_work *work, struct sr_config *settings) {
  SR_FORGET();
  __u32 l2 = work->l2 & 31;
  __u8 *at = SR_DATA(ctx), *ip = at + l2;
  if (!work->from_vnf || !settings->icmp_per_second) return SR_DROPPED(SR_DROP_MTU);
  if (at + 24 > SR_END(ctx) || ip + SR_QUOTED_LEAST > SR_END(ctx)) return SR_DROPPED(SR_DROP_MTU);
  if (!sr_may_answer(work, ip)) return SR_DROPPED(SR_DROP_MTU);
  /* RFC 8200 §5: less than 1,280 cannot be asked of an IPv6 sender. */
  if (work->family == 6 && work->mtu < 1280) work->mtu = 1280;
  if (!sr_within_rate(work, settings)) return SR_DROPPED(SR_DROP_MTU);
  __u32 header[6];
  for (int i = 0; i < 6; i++) header[i] = SR_LOAD32(at + 4 * i);
  __u32 grow = work->family == 4 ? 28 : 48, most = work->family == 4 ? SR_QUOTED4 : SR_QUOTED6;
  __u32 packet = work->length - l2, cited = (packet < most ? packet : most) & ~3u;
  if (cited < packet && sr_adjust_tail(ctx, (int)cited - (int)packet)) return SR_DROPPED(SR_DROP_MTU);
  if (sr_adjust_head(ctx, -(int)grow)) return SR_DROPPED(SR_DROP_NO_ROOM);
  at = SR_DATA(ctx);
  __u8 *end = SR_END(ctx);
  ip = at + l2;
  if (at + 24 > end) return SR_DROPPED(SR_DROP_MALFORMED);
  for (int i = 3; i < 6; i++) SR_STORE32(at + 4 * i, header[i]);
  SR_STORE32(at, header[1] >> 16 | header[2] << 16);
  SR_STORE16(at + 4, (__u16)(header[2] >> 16));
  SR_STORE16(at + 6, (__u16)header[0]);
  SR_STORE32(at + 8, header[0] >> 16 | header[1] << 16);
  int written = work->family == 4 ? sr_write_too_big4(ip, end, work, settings, cited)
                                  : sr_write_too_big6(ip, end, work, settings, cited);
  if (!written) return SR_DROPPED(SR_DROP_MTU);
  sr_count(drops, SR_DROP_MTU, work->length);
  sr_stat(SR_STAT_TOO_BIG, work->length);
  return XDP_TX;
}
#endif
