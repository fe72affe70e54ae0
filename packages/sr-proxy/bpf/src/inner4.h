/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef SR_INNER4_H
#define SR_INNER4_H
/* IPv4 (RFC 791). */
#include "fragments.h"

/*
 * The ports of the packet that an ICMP error quotes (RFC 792: its header and at least 8 octets). An error that quotes less,
 * or something else, has none: whether it is of use is for its receiver to say.
 */
SR_INLINE int sr_read_quoted4(__u8 *quoted, __u8 *end, struct sr_l4 *l4) {
  l4->kind = SR_KIND_ERROR;
  if (quoted + 20 > end) return 0;
  __u32 header = (quoted[0] & 15u) * 4;
  if (quoted[0] >> 4 != 4 || header < 20) return 0;
  if (SR_LOAD16(quoted + 6) & SR_WIRE16(0x1fff)) return 0;
  if (!sr_protocol_has_ports(quoted[9])) return 0;
  __u8 *at = quoted + header;
  if (at + 4 > end) return 0;
  l4->sport = SR_LOAD16(at);
  l4->dport = SR_LOAD16(at + 2);
  return 0;
}

SR_INLINE int sr_read_l4_of_4(__u8 *ip, __u8 *at, __u8 *end, struct sr_l4 *l4) {
  __u8 protocol = ip[9];
  if (sr_protocol_has_ports(protocol)) return sr_read_ports(at, end, l4);
  if (protocol != SR_ICMP4) return 0;
  if (at + 8 > end) return SR_DROPPED(SR_DROP_MALFORMED);
  if (sr_icmp4_has_id(at[0])) return sr_read_icmp_id(at, end, l4);
  if (sr_icmp4_is_error(at[0])) return sr_read_quoted4(at + 8, end, l4);
  return 0;
}

SR_INLINE int sr_read_inner4(struct sr_work *work, __u8 *ip, __u8 *end) {
  if (ip + 20 > end) return SR_DROPPED(SR_DROP_MALFORMED);
  __u32 header = (ip[0] & 15u) * 4;
  if (header < 20 || sr_swap16(SR_LOAD16(ip + 2)) < header) return SR_DROPPED(SR_DROP_MALFORMED);
  struct sr_l4 l4 = {};
  __u16 fragment = SR_LOAD16(ip + 6) & SR_WIRE16(0x3fff);
  int later = (fragment & SR_WIRE16(0x1fff)) != 0;
  if (!later) {
    int result = sr_read_l4_of_4(ip, ip + header, end, &l4);
    if (result < 0) return result;
  }
  if (fragment) {
    struct sr_fragment_key key = {};
    *(__u32 *)key.src = SR_LOAD32(ip + 12);
    *(__u32 *)key.dst = SR_LOAD32(ip + 16);
    key.id = SR_LOAD16(ip + 4);
    key.protocol = ip[9];
    key.family = 4;
    __u8 protocol = ip[9];
    if (later) sr_fragment_find(&key, &l4, &protocol);
    else sr_fragment_learn(&key, &l4, protocol);
  }
  struct sr_key4 *key = &work->tuple.v4;
  *(__u32 *)key->src = SR_LOAD32(ip + 12);
  *(__u32 *)key->dst = SR_LOAD32(ip + 16);
  key->sport = l4.sport;
  key->dport = l4.dport;
  key->protocol = ip[9];
  key->kind = l4.kind;
  work->family = 4;
  work->protocol = ip[9];
  work->has_ports = l4.has_ports;
  return 0;
}
#endif
