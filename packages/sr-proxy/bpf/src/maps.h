/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef SR_MAPS_H
#define SR_MAPS_H
/* The tables. In eBPF each is a map; in plain C a table in memory (plain-table.h). */
#include "work.h"

#include "table-list.h"

#if defined(__bpf__)
/* The kernel takes no types for the keys and values of these kinds, only sizes. */
struct {
  __uint(type, BPF_MAP_TYPE_DEVMAP);
  __uint(max_entries, SR_N_TX);
  __uint(key_size, 4);
  __uint(value_size, 4);
} tx SEC(".maps");

int sr_continue(struct xdp_md *ctx);
int sr_service(struct xdp_md *ctx);
int sr_too_big(struct xdp_md *ctx);
int sr_firewall(struct xdp_md *ctx);
int sr_mirror(struct xdp_md *ctx);
int sr_answers(struct xdp_md *ctx);
int sr_vnf(struct xdp_md *ctx);

struct {
  __uint(type, BPF_MAP_TYPE_PROG_ARRAY);
  __uint(max_entries, 32);
  __uint(key_size, 4);
  __array(values, int(void *));
} programs SEC(".maps") = {
    .values =
        {
            [SR_PROG_CONTINUE] = (void *)&sr_continue,
            [SR_PROG_SERVICE] = (void *)&sr_service,
            [SR_PROG_TOO_BIG] = (void *)&sr_too_big,
            [SR_PROG_FIREWALL] = (void *)&sr_firewall,
            [SR_PROG_MIRROR] = (void *)&sr_mirror,
            [SR_PROG_ANSWER] = (void *)&sr_answers,
            [SR_PROG_VNF] = (void *)&sr_vnf,
        },
};

struct {
  __uint(type, BPF_MAP_TYPE_RINGBUF);
  __uint(max_entries, SR_EVENT_RING);
} events SEC(".maps");

struct sr_mirror_devices {
  __uint(type, BPF_MAP_TYPE_DEVMAP);
  __uint(max_entries, 2);
  __uint(key_size, 4);
  __uint(value_size, 4);
};

struct {
  __uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
  __uint(max_entries, SR_N_MIRRORS);
  __uint(key_size, 4);
  __array(values, struct sr_mirror_devices);
} mirrors SEC(".maps");

#define SR_BEFORE(name, key_type)                      \
  struct sr_##name##_sessions {                        \
    __uint(type, BPF_MAP_TYPE_LRU_HASH);               \
    __uint(max_entries, 1);                            \
    __uint(key_size, sizeof(key_type));                \
    __uint(value_size, sizeof(struct sr_session));     \
  };                                                   \
  struct {                                             \
    __uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);          \
    __uint(max_entries, 1);                            \
    __uint(key_size, 4);                               \
    __array(values, struct sr_##name##_sessions);      \
  } name SEC(".maps");
SR_BEFORE(before4, struct sr_key4)
SR_BEFORE(before6, struct sr_key6)
#else
SR_TABLE(tx, ARRAY, SR_N_TX, __u32, __u32)
#endif
#endif
