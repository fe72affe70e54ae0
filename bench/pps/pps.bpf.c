// SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause)
/*
 * What bench/pps.mjs measures against: a generator (run by BPF_PROG_TEST_RUN with live frames), a sink that counts
 * and measures latency, a bare redirect, and a label swap with one hash lookup.
 */
#include <linux/bpf.h>
#include <bpf/bpf_endian.h>
#include <bpf/bpf_helpers.h>

struct settings {
  __u32 out;      /* ifindex for the generator */
  __u32 sessions; /* 1 and up */
  __u32 mode;     /* 0: two labels over IPv4/UDP; 1: IPv4/UDP; 2: as 0, another label for each session */
  __u32 stamp;    /* write the time into the payload */
  __u32 bytes;
  __u32 scattered; /* sessions in no order, instead of one after the other */
  __u8 frame[128];
};

#define TABLE(name, kind, max, key_type, value_type) \
  struct {                                           \
    __uint(type, BPF_MAP_TYPE_##kind);               \
    __uint(max_entries, max);                        \
    __type(key, key_type);                           \
    __type(value, value_type);                       \
  } name SEC(".maps");

#define BUCKETS 4096 /* of 256 ns, then as many of 16 us */

TABLE(settings, ARRAY, 1, __u32, struct settings)
TABLE(sent, PERCPU_ARRAY, 1, __u32, __u64)
TABLE(received, PERCPU_ARRAY, 1, __u32, __u64)
TABLE(latency, PERCPU_ARRAY, 2 * BUCKETS, __u32, __u64)

struct {
  __uint(type, BPF_MAP_TYPE_DEVMAP);
  __uint(max_entries, 4);
  __uint(key_size, 4);
  __uint(value_size, 4);
} ports SEC(".maps");

struct swap {
  __u32 label;
  __u32 port;
  __u8 macs[12];
};
TABLE(swaps, HASH, 4096, __u32, struct swap)

#define DATA(ctx) ((void *)(long)(ctx)->data)
#define END(ctx) ((void *)(long)(ctx)->data_end)

SEC("xdp") int generate(struct xdp_md *ctx) {
  __u32 zero = 0;
  struct settings *how = bpf_map_lookup_elem(&settings, &zero);
  __u64 *count = bpf_map_lookup_elem(&sent, &zero);
  __u8 *at = DATA(ctx);
  if (!how || !count || (void *)at + 64 > END(ctx)) return XDP_ABORTED;
  /* A step that has no divisor in common with 1,000 or 1,000,000: each session once in a turn. */
  __u64 turn = (*count)++ * (how->scattered ? 611953 : 1);
  __u32 session = how->sessions > 1 ? (__u32)(turn % how->sessions) : 0;
  __builtin_memcpy(at, how->frame, 64);
  /* 32,768 source ports for each of up to 32 source addresses; the destination makes up for the checksum. */
  __u32 port = session & 0x7fff, host = session >> 15;
  __u8 *ip = at + (how->mode == 1 ? 14 : 22);
  if (how->mode == 2) *(__be32 *)(at + 14) = bpf_htonl((16 + session) << 12 | 64);
  if ((void *)ip + 28 > END(ctx)) return XDP_ABORTED;
  *(__be16 *)(ip + 14) = bpf_htons(0x1000 + host);
  *(__be16 *)(ip + 18) = bpf_htons(0x2000 - host);
  *(__be16 *)(ip + 20) = bpf_htons(1024 + port);
  if (how->stamp) {
    if ((void *)ip + 36 > END(ctx)) return XDP_ABORTED;
    *(__u64 *)(ip + 28) = bpf_ktime_get_ns();
  }
  return bpf_redirect(how->out, 0);
}

SEC("xdp") int sink(struct xdp_md *ctx) {
  __u32 zero = 0;
  __u64 *count = bpf_map_lookup_elem(&received, &zero);
  if (count) (*count)++;
  struct settings *how = bpf_map_lookup_elem(&settings, &zero);
  if (how && how->stamp) {
    __u8 *at = DATA(ctx);
    if ((void *)at + 14 > END(ctx)) return XDP_DROP;
    __u8 *ip = at + 14;
    if (*(__be16 *)(at + 12) == bpf_htons(0x8847)) {
      if ((void *)at + 22 > END(ctx)) return XDP_DROP;
      ip += at[16] & 1 ? 4 : 8;
    }
    if ((void *)ip + 36 > END(ctx)) return XDP_DROP;
    __u64 took = bpf_ktime_get_ns() - *(__u64 *)(ip + 28), coarse = BUCKETS + (took >> 14);
    __u32 index = took >> 8 < BUCKETS ? took >> 8 : coarse < 2 * BUCKETS ? (__u32)coarse : 2 * BUCKETS - 1;
    __u64 *slot = bpf_map_lookup_elem(&latency, &index);
    if (slot) (*slot)++;
  }
  return XDP_DROP;
}

SEC("xdp") int redirect(struct xdp_md *ctx) { return bpf_redirect_map(&ports, 0, XDP_DROP); }

SEC("xdp") int swap_label(struct xdp_md *ctx) {
  __u8 *at = DATA(ctx);
  if ((void *)at + 18 > END(ctx)) return XDP_DROP;
  if (*(__be16 *)(at + 12) != bpf_htons(0x8847)) return XDP_PASS;
  __u32 entry = bpf_ntohl(*(__be32 *)(at + 14)), label = entry >> 12;
  if ((entry & 255) < 2) return XDP_DROP;
  struct swap *to = bpf_map_lookup_elem(&swaps, &label);
  if (!to) return XDP_DROP;
  *(__be32 *)(at + 14) = bpf_htonl(to->label << 12 | ((entry & 0xfff) - 1));
  __builtin_memcpy(at, to->macs, 12);
  return bpf_redirect_map(&ports, to->port, XDP_DROP);
}

char _license[] SEC("license") = "Dual BSD/GPL";
