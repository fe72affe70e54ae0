/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef SR_FRAGMENTS_H
#define SR_FRAGMENTS_H
/*
 * Only the first fragment has ports: it tells them to those that follow, by addresses, protocol and identification.
 * A later fragment that comes first is a session of its own (SR_KIND_FRAGMENT, no ports).
 */
SR_INLINE void sr_fragment_learn(struct sr_fragment_key *key, struct sr_l4 *l4, __u8 protocol) {
  struct sr_fragment ports = {.sport = l4->sport, .dport = l4->dport, .protocol = protocol};
  struct sr_fragment *known = sr_lookup(fragments, key);
  if (known && known->sport == ports.sport && known->dport == ports.dport && known->protocol == protocol) return;
  sr_update(fragments, key, &ports);
}

SR_INLINE void sr_fragment_find(struct sr_fragment_key *key, struct sr_l4 *l4, __u8 *protocol) {
  struct sr_fragment *known = sr_lookup(fragments, key);
  if (known) {
    l4->sport = known->sport;
    l4->dport = known->dport;
    l4->has_ports = sr_protocol_has_ports(known->protocol);
    *protocol = known->protocol;
  } else {
    l4->kind = SR_KIND_FRAGMENT;
  }
}
#endif
