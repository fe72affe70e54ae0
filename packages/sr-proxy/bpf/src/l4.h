/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef SR_L4_H
#define SR_L4_H
/* What tells sessions apart above IP. https://www.iana.org/assignments/protocol-numbers */
#define SR_ICMP4 1
#define SR_TCP 6
#define SR_UDP 17
#define SR_DCCP 33
#define SR_ICMP6 58
#define SR_SCTP 132
#define SR_UDP_LITE 136

struct sr_l4 {
  __u16 sport; /* wire */
  __u16 dport;
  __u8 kind;
  __u8 has_ports;
};

/* Source and destination port are the first four octets of all of these. */
SR_INLINE int sr_protocol_has_ports(__u8 protocol) {
  return protocol == SR_TCP || protocol == SR_UDP || protocol == SR_SCTP || protocol == SR_DCCP ||
         protocol == SR_UDP_LITE;
}

/* RFC 792: 8, 0 echo; 13, 14 timestamp: the identifier is the fifth octet on. */
SR_INLINE int sr_icmp4_has_id(__u8 type) { return type == 8 || type == 0 || type == 13 || type == 14; }
/* Unreachable, source quench, redirect, time exceeded, parameter problem: they quote a packet. */
SR_INLINE int sr_icmp4_is_error(__u8 type) { return type == 3 || type == 4 || type == 5 || type == 11 || type == 12; }
/* RFC 4443 */
SR_INLINE int sr_icmp6_has_id(__u8 type) { return type == 128 || type == 129; }
SR_INLINE int sr_icmp6_is_error(__u8 type) { return type >= 1 && type <= 4; }

/* Of a whole packet or the first fragment; `at` is the transport header. Quoted packets are read in inner4/6.h. */
SR_INLINE int sr_read_ports(__u8 *at, __u8 *end, struct sr_l4 *l4) {
  if (at + 4 > end) return SR_DROPPED(SR_DROP_MALFORMED);
  l4->sport = SR_LOAD16(at);
  l4->dport = SR_LOAD16(at + 2);
  l4->has_ports = 1;
  return 0;
}

SR_INLINE int sr_read_icmp_id(__u8 *at, __u8 *end, struct sr_l4 *l4) {
  if (at + 8 > end) return SR_DROPPED(SR_DROP_MALFORMED);
  l4->sport = l4->dport = SR_LOAD16(at + 4);
  return 0;
}
#endif
