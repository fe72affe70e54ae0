// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * What bench/look-ups.mjs measures: one of a million sessions found, in no order, in tables of several kinds. Each look-up
 * waits for the one before. An XDP program makes 256 of them.
 */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

#define TABLE(name, kind, max, flags, key_type, value_type) \
  struct {                                                  \
    __uint(type, BPF_MAP_TYPE_##kind);                      \
    __uint(max_entries, max);                               \
    __uint(map_flags, flags);                               \
    __type(key, key_type);                                  \
    __type(value, value_type);                              \
  } name SEC(".maps");

struct how {
  __u32 sessions;
  __u32 lines;
};
struct key {
  __u32 words[4];
};
struct session {
  __u32 words[23];
};
struct line {
  __u64 words[8];
};
/* 32 kB with its header: the most that the kernel takes from its direct map, in pages of 2 MB or 1 GB. */
#define LINES 496
struct chunk {
  struct line lines[LINES];
};

TABLE(settings, ARRAY, 1, 0, __u32, struct how)
TABLE(lines, ARRAY, 1, BPF_F_MMAPABLE, __u32, struct line)
TABLE(lru, LRU_HASH, 1, 0, struct key, struct session)
TABLE(hash, HASH, 1, 0, struct key, struct session)
TABLE(slab, HASH, 1, BPF_F_NO_PREALLOC, struct key, struct session)

struct inner {
  __uint(type, BPF_MAP_TYPE_ARRAY);
  __uint(max_entries, 1);
  __uint(key_size, 4);
  __uint(value_size, sizeof(struct chunk));
};
struct {
  __uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
  __uint(max_entries, 1);
  __uint(key_size, 4);
  __array(values, struct inner);
} chunks SEC(".maps");

static inline __u32 mix(__u32 value) {
  value = (value ^ value >> 15) * 0x85ebca6bu;
  return (value ^ value >> 13) * 0x9e3779b9u;
}

/* `found` is 0: the next session depends on what was found, and on nothing that the compiler knows. */
#define LOOK_UPS(name, find)                                                        \
  SEC("xdp") int name(struct xdp_md *ctx) {                                         \
    __u32 zero = 0;                                                                 \
    struct how *how = bpf_map_lookup_elem(&settings, &zero);                       \
    if (!how) return XDP_ABORTED;                                                   \
    __u64 state = bpf_get_prandom_u32();                                            \
    for (int turn = 0; turn < 256; turn++) {                                        \
      state = state * 6364136223846793005ull + 1442695040888963407ull;              \
      __u32 session = (__u32)(((state >> 33) * (__u64)how->sessions) >> 31);        \
      __u64 found = 0;                                                              \
      find                                                                          \
      state += found;                                                               \
    }                                                                               \
    return state & 1 ? XDP_PASS : XDP_DROP;                                         \
  }

LOOK_UPS(in_lines, {
  __u32 index = mix(session) & (how->lines - 1);
  struct line *line = bpf_map_lookup_elem(&lines, &index);
  if (!line) return XDP_ABORTED;
  found = line->words[0] + line->words[2];
})

LOOK_UPS(in_chunks, {
  __u32 index = mix(session) & (how->lines - 1);
  __u32 chunk = index / LINES;
  index %= LINES;
  void *map = bpf_map_lookup_elem(&chunks, &chunk);
  if (!map) return XDP_ABORTED;
  struct chunk *at = bpf_map_lookup_elem(map, &zero);
  asm volatile("" : "+r"(index));
  if (!at || index >= LINES) return XDP_ABORTED;
  found = at->lines[index].words[0] + at->lines[index].words[2];
})

#define IN_HASH(table)                                          \
  {                                                             \
    struct key key = {.words = {session, session, 0, 0}};       \
    struct session *value = bpf_map_lookup_elem(&table, &key);  \
    if (!value) return XDP_ABORTED;                             \
    found = value->words[0] + value->words[8];                  \
  }
LOOK_UPS(in_lru, IN_HASH(lru))
LOOK_UPS(in_hash, IN_HASH(hash))
LOOK_UPS(in_slab, IN_HASH(slab))

char _license[] SEC("license") = "Dual BSD/GPL";
