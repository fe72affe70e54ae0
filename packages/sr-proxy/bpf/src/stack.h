/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef SR_STACK_H
#define SR_STACK_H
/*
 * Label stack entries (RFC 3032 §2.1):
 *   |        Label (20)        | TC (3) | S (1) | TTL (8) |
 */
#define SR_BOTTOM sr_swap32(0x100u)
#define SR_TTL(entry) ((entry) & 0xff)
#define SR_TC(entry) (((entry) >> 9) & 7)
#define SR_LABEL(entry) ((entry) >> 12)

#define SR_LABEL_IPV4_NULL 0 /* RFC 3032 §2.1 */
#define SR_LABEL_IPV6_NULL 2
#define SR_LABEL_FIRST 16  /* 0 to 15 are special-purpose labels (RFC 7274) */
#define SR_LABEL_ENTROPY 7 /* ELI, followed by the entropy label (RFC 6790 §4) */

/* From the frame into work->stack. Fills in count, top and inner. */
SR_INLINE int sr_read_stack(sr_ctx *ctx, struct sr_work *work) {
  SR_FORGET();
  __u32 offset = work->l2 & 31;
  __u8 *at = SR_DATA(ctx) + offset, *end = SR_END(ctx);
  work->top = 0;
  for (__u32 i = 0; i < SR_MAX_LABELS; i++) {
    if (at + 4 > end) return SR_DROPPED(SR_DROP_MALFORMED);
    __u32 entry = SR_LOAD32(at);
    work->stack[i] = entry;
    at += 4;
    if (entry & SR_BOTTOM) {
      work->count = i + 1;
      work->inner = offset + 4 * (i + 1);
      SR_FORGET();
      return 0;
    }
  }
  return SR_DROPPED(SR_DROP_STACK_DEPTH);
}

/* The entry at `top` in the machine's order. The caller knows that top < count. */
SR_INLINE __u32 sr_top(struct sr_work *work) { return sr_swap32(work->stack[work->top & (SR_MAX_LABELS - 1)]); }

SR_INLINE void sr_set_top(struct sr_work *work, __u32 entry) {
  work->stack[work->top & (SR_MAX_LABELS - 1)] = sr_swap32(entry);
}

/* RFC 3031 §3.23, RFC 3443: the TTL that goes on from here, counted down once in this node; negative: used up. */
SR_INLINE int sr_take_ttl(struct sr_work *work, __u32 entry) {
  __u32 ttl = SR_TTL(entry);
  if (work->decremented) return (int)ttl;
  if (ttl <= 1) return SR_DROPPED(SR_DROP_TTL);
  return (int)ttl - 1;
}

/*
 * Pops the top entry. Uniform model (RFC 3443 §3.1, RFC 3270 §2.6): its TTL and TC go on in the entry below. Pipe
 * model (§3.2): the entry below keeps its own, which counts this node when it is acted upon. Returns the TTL.
 */
SR_INLINE int sr_pop(struct sr_work *work, __u32 entry, __u8 flags) {
  int ttl = sr_take_ttl(work, entry);
  if (ttl < 0) return ttl;
  work->top++;
  work->decremented = flags & SR_LABEL_UNIFORM;
  if (work->decremented && work->top < work->count) {
    __u32 below = sr_top(work);
    sr_set_top(work, (below & ~0xe00u & ~0xffu) | SR_TC(entry) << 9 | (__u32)ttl);
  }
  return ttl;
}
#endif
