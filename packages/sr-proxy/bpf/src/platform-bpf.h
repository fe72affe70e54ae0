/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef SR_PLATFORM_BPF_H
#define SR_PLATFORM_BPF_H
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

typedef struct xdp_md sr_ctx;

#define SR_DATA(ctx) ((__u8 *)(long)(ctx)->data)
#define SR_END(ctx) ((__u8 *)(long)(ctx)->data_end)

/* Tables by the kernel's kinds. */
#define SR_TABLE(name, kind, max, key_type, value_type) \
  struct {                                              \
    __uint(type, BPF_MAP_TYPE_##kind);                  \
    __uint(max_entries, max);                           \
    __type(key, key_type);                              \
    __type(value, value_type);                          \
  } name SEC(".maps");

/* Begins with a page, so that 64 bytes of it are one cache line. */
#define SR_TABLE_PAGED(name, kind, max, key_type, value_type) \
  struct {                                                    \
    __uint(type, BPF_MAP_TYPE_##kind);                        \
    __uint(map_flags, BPF_F_MMAPABLE);                        \
    __uint(max_entries, max);                                 \
    __type(key, key_type);                                    \
    __type(value, value_type);                                \
  } name SEC(".maps");

#define sr_lookup(table, key) bpf_map_lookup_elem(&table, key)
#define sr_update(table, key, value) bpf_map_update_elem(&table, key, value, BPF_ANY)

SR_INLINE __u32 sr_length(sr_ctx *ctx) { return (__u32)bpf_xdp_get_buff_len(ctx); }
SR_INLINE __u32 sr_ifindex(sr_ctx *ctx) { return ctx->ingress_ifindex; }
SR_INLINE int sr_adjust_head(sr_ctx *ctx, int by) { return bpf_xdp_adjust_head(ctx, by); }
SR_INLINE int sr_adjust_tail(sr_ctx *ctx, int by) { return bpf_xdp_adjust_tail(ctx, by); }
SR_INLINE __u64 sr_nanoseconds(void) { return bpf_ktime_get_coarse_ns(); }

/*
 * Between a store into a table's value and its load: the compiler must load it again, and so the verifier forgets the
 * exact value that it had followed. One state goes on instead of one for each length of header and stack.
 */
#define SR_FORGET() asm volatile("" ::: "memory")

#define SR_PROGRAM(name) SEC("xdp.frags") int name(sr_ctx *ctx)
#define sr_tail(ctx, slot) bpf_tail_call(ctx, &programs, slot)


#endif
