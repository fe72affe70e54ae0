/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef SR_PLATFORM_PLAIN_H
#define SR_PLATFORM_PLAIN_H
/* Plain C, freestanding: WebAssembly and the native build. */

enum { XDP_ABORTED, XDP_DROP, XDP_PASS, XDP_TX, XDP_REDIRECT };

typedef struct sr_frame {
  __u8 *data;
  __u8 *end;
  __u8 *low;     /* headroom begins here */
  __u8 *high;    /* tailroom ends here */
  __u32 ifindex; /* where it came in */
  __u32 tx;      /* where it goes, after XDP_REDIRECT: an ifindex; 0: the devices of `mirror` */
  __u32 mirror;
} sr_ctx;

#define SR_DATA(ctx) ((ctx)->data)
#define SR_END(ctx) ((ctx)->end)

#include "plain-table.h"

#define SR_TABLE(name, table_kind, max, key_type, value_type)                                              \
  static struct sr_table name = {.title = #name, .kind = SR_KIND_OF_##table_kind, .limit = max, \
                                 .key_size = sizeof(key_type), .value_size = sizeof(value_type)};

#define SR_TABLE_PAGED SR_TABLE

#define sr_lookup(table, key) sr_table_lookup(&table, key)
#define sr_update(table, key, value) sr_table_update(&table, key, value)

SR_INLINE __u32 sr_length(sr_ctx *ctx) { return (__u32)(ctx->end - ctx->data); }
SR_INLINE __u32 sr_ifindex(sr_ctx *ctx) { return ctx->ifindex; }

/* As the kernel: there must be room, and an Ethernet header must remain. */
SR_INLINE int sr_adjust_head(sr_ctx *ctx, int by) {
  if (by < ctx->low - ctx->data || by > ctx->end - ctx->data - 14) return -1;
  ctx->data += by;
  return 0;
}

SR_INLINE int sr_adjust_tail(sr_ctx *ctx, int by) {
  if (by > ctx->high - ctx->end || ctx->end - ctx->data + by < 14) return -1;
  ctx->end += by;
  return 0;
}

extern __u64 sr_clock; /* ns; the host sets it */
SR_INLINE __u64 sr_nanoseconds(void) { return sr_clock; }

#define SR_FORGET() (void)0

#define SR_NO_PROGRAM (-1000)
int sr_call(sr_ctx *ctx, __u32 slot);
#define SR_PROGRAM(name) int name(sr_ctx *ctx)
/* As a tail call: what is called decides; if there is nothing to call, the caller goes on. */
#define sr_tail(ctx, slot)                                    \
  do {                                                        \
    int called = sr_call(ctx, slot);                          \
    if (called != SR_NO_PROGRAM) return called;               \
  } while (0)

#endif
