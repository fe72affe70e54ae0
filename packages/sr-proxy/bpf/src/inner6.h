/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef SR_INNER6_H
#define SR_INNER6_H
/* IPv6 (RFC 8200) and its extension headers. */
#define SR_EXTENSIONS 8 /* more than that in one packet: malformed */
#define SR_NEXT_HOP_BY_HOP 0
#define SR_NEXT_ROUTING 43
#define SR_NEXT_FRAGMENT 44
#define SR_NEXT_AUTHENTICATION 51
#define SR_NEXT_DESTINATION 60
#define SR_NEXT_MOBILITY 135
#define SR_NEXT_HIP 139
#define SR_NEXT_SHIM6 140

struct sr_chain6 {
  __u8 *at;      /* the transport header */
  __u8 protocol;
  __u8 next;     /* what the fragment header names */
  __u8 fragment; /* there is a fragment header ... */
  __u16 offset;  /* ... with this, wire, flags masked off */
  __u16 more;
  __u32 id;      /* wire */
};

SR_INLINE int sr_is_extension(__u8 next) {
  return next == SR_NEXT_HOP_BY_HOP || next == SR_NEXT_ROUTING || next == SR_NEXT_DESTINATION ||
         next == SR_NEXT_AUTHENTICATION || next == SR_NEXT_MOBILITY || next == SR_NEXT_HIP || next == SR_NEXT_SHIM6;
}

/* Follows the extension headers. Stops at a later fragment: what follows there is no header. */
SR_INLINE int sr_walk6(__u8 *ip, __u8 *end, struct sr_chain6 *chain) {
  if (ip + 40 > end) return SR_DROPPED(SR_DROP_MALFORMED);
  __u8 *at = ip + 40;
  __u8 next = ip[6];
  for (int i = 0; i <= SR_EXTENSIONS; i++) {
    if (next == SR_NEXT_FRAGMENT) {
      if (at + 8 > end) return SR_DROPPED(SR_DROP_MALFORMED);
      chain->fragment = 1;
      chain->offset = SR_LOAD16(at + 2) & SR_WIRE16(0xfff8);
      chain->more = SR_LOAD16(at + 2) & SR_WIRE16(1);
      chain->id = SR_LOAD32(at + 4);
      chain->next = next = at[0];
      at += 8;
      if (!chain->offset) continue;
    } else if (sr_is_extension(next)) {
      if (at + 2 > end) return SR_DROPPED(SR_DROP_MALFORMED);
      /* RFC 4302 §2.2: AH counts 32-bit words less two; the others 8 octets less one. */
      __u32 bytes = next == SR_NEXT_AUTHENTICATION ? (at[1] + 2u) * 4 : (at[1] + 1u) * 8;
      next = at[0];
      at += bytes;
      continue;
    }
    chain->at = at;
    chain->protocol = next;
    return 0;
  }
  return SR_DROPPED(SR_DROP_MALFORMED);
}

/* RFC 4443 §2.4 (c): as much of the packet as fits. */
SR_INLINE int sr_read_quoted6(__u8 *quoted, __u8 *end, struct sr_l4 *l4) {
  l4->kind = SR_KIND_ERROR;
  if (quoted + 40 > end || quoted[0] >> 4 != 6) return 0;
  __u8 next = quoted[6], *at = quoted + 40;
  if (next == SR_NEXT_FRAGMENT) {
    if (at + 8 > end || (SR_LOAD16(at + 2) & SR_WIRE16(0xfff8))) return 0;
    next = at[0];
    at += 8;
  }
  if (!sr_protocol_has_ports(next) || at + 4 > end) return 0;
  l4->sport = SR_LOAD16(at);
  l4->dport = SR_LOAD16(at + 2);
  return 0;
}

SR_INLINE int sr_read_l4_of_6(struct sr_chain6 *chain, __u8 *end, struct sr_l4 *l4) {
  __u8 *at = chain->at;
  if (sr_protocol_has_ports(chain->protocol)) return sr_read_ports(at, end, l4);
  if (chain->protocol != SR_ICMP6) return 0;
  if (at + 8 > end) return SR_DROPPED(SR_DROP_MALFORMED);
  if (sr_icmp6_has_id(at[0])) return sr_read_icmp_id(at, end, l4);
  if (sr_icmp6_is_error(at[0])) return sr_read_quoted6(at + 8, end, l4);
  return 0;
}

SR_INLINE int sr_read_inner6(struct sr_work *work, __u8 *ip, __u8 *end) {
  struct sr_chain6 chain = {};
  struct sr_l4 l4 = {};
  int result = sr_walk6(ip, end, &chain);
  if (result < 0) return result;
  if (!chain.offset) {
    result = sr_read_l4_of_6(&chain, end, &l4);
    if (result < 0) return result;
  }
  if (ip + 40 > end) return SR_DROPPED(SR_DROP_MALFORMED);
  if (chain.fragment && (chain.offset || chain.more)) {
    struct sr_fragment_key key = {.id = chain.id, .protocol = chain.next, .family = 6};
    for (int i = 0; i < 4; i++) {
      ((__u32 *)key.src)[i] = SR_LOAD32(ip + 8 + 4 * i);
      ((__u32 *)key.dst)[i] = SR_LOAD32(ip + 24 + 4 * i);
    }
    if (chain.offset) sr_fragment_find(&key, &l4, &chain.protocol);
    else sr_fragment_learn(&key, &l4, chain.protocol);
  }
  struct sr_key6 *key = &work->tuple.v6;
  for (int i = 0; i < 4; i++) {
    ((__u32 *)key->src)[i] = SR_LOAD32(ip + 8 + 4 * i);
    ((__u32 *)key->dst)[i] = SR_LOAD32(ip + 24 + 4 * i);
  }
  key->sport = l4.sport;
  key->dport = l4.dport;
  key->protocol = chain.protocol;
  key->kind = l4.kind;
  work->family = 6;
  work->protocol = chain.protocol;
  work->has_ports = l4.has_ports;
  return 0;
}
#endif
