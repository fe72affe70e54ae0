/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef SR_RECENT_H
#define SR_RECENT_H
/*
 * Labels and ports by way of what this CPU looked up last. Right because entries of the active generation do not
 * change: another generation has other keys. What is not in the tables is not remembered.
 */
SR_INLINE struct sr_label *sr_find_label(struct sr_work *work, struct sr_label_key *key) {
  struct sr_recent_label *recent = &work->recent[key->label & (SR_RECENT_LABELS - 1)];
  if (recent->key.label == key->label && recent->key.generation == key->generation && recent->value.action)
    return &recent->value;
  struct sr_label *label = sr_lookup(labels, key);
  if (!label) return 0;
  recent->key = *key;
  recent->value = *label;
  return &recent->value;
}

SR_INLINE struct sr_port *sr_find_port(struct sr_work *work, struct sr_port_key *key) {
  struct sr_recent_port *recent = &work->recent_port;
  if (recent->key.ifindex == key->ifindex && recent->key.vlan == key->vlan &&
      recent->key.generation == key->generation && recent->value.mode)
    return &recent->value;
  struct sr_port *port = sr_lookup(ports, key);
  if (!port) return 0;
  recent->key = *key;
  recent->value = *port;
  return &recent->value;
}
#endif
