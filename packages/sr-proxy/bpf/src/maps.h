/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef SR_MAPS_H
#define SR_MAPS_H
/* All tables, once. In eBPF each line is a map; in plain C a table in memory (platform-plain.h). */
#include "work.h"

SR_TABLE(config, ARRAY, 1, __u32, struct sr_config)
SR_TABLE(labels, HASH, SR_N_LABELS, struct sr_label_key, struct sr_label)
SR_TABLE(ports, HASH, SR_N_PORTS, struct sr_port_key, struct sr_port)
SR_TABLE(vnfs, ARRAY, SR_N_IDS, __u32, struct sr_vnf)
SR_TABLE(nexthops, ARRAY, SR_N_IDS, __u32, struct sr_nexthop)
SR_TABLE(stacks, ARRAY, SR_N_IDS, __u32, struct sr_stack)
SR_TABLE(sessions4, LRU_HASH, SR_N_SESSIONS, struct sr_key4, struct sr_session)
SR_TABLE(sessions6, LRU_HASH, SR_N_SESSIONS, struct sr_key6, struct sr_session)
SR_TABLE(interface_stacks, HASH, SR_N_PORTS, __u32, struct sr_session)
SR_TABLE(fragments, LRU_HASH, SR_N_FRAGMENTS, struct sr_fragment_key, struct sr_fragment)
SR_TABLE(service_names, ARRAY, SR_N_IDS, __u32, struct sr_service_name)
SR_TABLE(services, HASH, SR_N_SERVICES, struct sr_service_key, struct sr_service)
SR_TABLE(service_slots, ARRAY, SR_N_SLOTS, __u32, __u32)
SR_TABLE(instances, ARRAY, SR_N_IDS, __u32, struct sr_instance)
SR_TABLE(firewall_sets, ARRAY, SR_N_SETS, __u32, struct sr_firewall_set)
SR_TABLE(firewall_rules, ARRAY, SR_N_RULES, __u32, struct sr_firewall_rule)
SR_TABLE(mirror_l2, ARRAY, SR_N_MIRRORS, __u32, struct sr_l2)
SR_TABLE(label_counters, PERCPU_ARRAY, SR_N_LABEL_COUNTERS, __u32, struct sr_counter)
SR_TABLE(vnf_counters, PERCPU_ARRAY, SR_N_IDS, __u32, struct sr_vnf_counter)
SR_TABLE(service_counters, PERCPU_ARRAY, SR_N_IDS, __u32, struct sr_counter)
SR_TABLE(instance_counters, PERCPU_ARRAY, SR_N_IDS, __u32, struct sr_counter)
SR_TABLE(firewall_counters, PERCPU_ARRAY, SR_N_RULES, __u32, struct sr_counter)
SR_TABLE(drops, PERCPU_ARRAY, SR_DROP_MAX, __u32, struct sr_counter)
SR_TABLE(stats, PERCPU_ARRAY, SR_STAT_MAX, __u32, struct sr_counter)
SR_TABLE(scratch, PERCPU_ARRAY, 1, __u32, struct sr_work)
SR_TABLE(tx, DEVMAP, SR_N_TX, __u32, __u32)

#if defined(__bpf__)
struct {
  __uint(type, BPF_MAP_TYPE_PROG_ARRAY);
  __uint(max_entries, 32);
  __type(key, __u32);
  __type(value, __u32);
} programs SEC(".maps");

struct {
  __uint(type, BPF_MAP_TYPE_RINGBUF);
  __uint(max_entries, SR_EVENT_RING);
} events SEC(".maps");

struct sr_mirror_devices {
  __uint(type, BPF_MAP_TYPE_DEVMAP);
  __uint(max_entries, 2);
  __type(key, __u32);
  __type(value, __u32);
};

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
  __uint(max_entries, SR_N_MIRRORS);
  __type(key, __u32);
  __array(values, struct sr_mirror_devices);
} mirrors SEC(".maps");
#endif
#endif
