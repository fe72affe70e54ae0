/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef SR_LINE_H
#define SR_LINE_H
/* Sessions in one cache line each (tables.h, session_lines4). Included by session.h. */
#define SR_LINE_WORDS (sizeof(struct sr_line) / 8)
#define SR_LINE_CHECK 2 /* the word that is the sum of the others */
typedef volatile __u64 __attribute__((may_alias)) sr_shared64; /* others write it meanwhile: one load, one store each */
typedef __u64 __attribute__((may_alias)) sr_word64;

SR_INLINE __u64 sr_sum_line(const struct sr_line *line) {
  __u64 sum = 0x9e3779b97f4a7c15u;
#pragma clang loop unroll(full)
  for (__u32 i = 0; i < SR_LINE_WORDS; i++)
    if (i != SR_LINE_CHECK) sum = (sum ^ ((const sr_word64 *)line)[i]) * 0xd6e8feb86659fd93u;
  return sum ? sum : 1; /* 0 is no line */
}

/* The place of work->tuple, `way` 0 or 1. */
SR_INLINE struct sr_line *sr_line_at(struct sr_work *work, __u32 hash, __u32 way) {
  __u32 index = (hash ^ way) & work->line_mask;
  return sr_lookup(session_lines4, &index);
}

SR_INLINE int sr_line_is_of(const struct sr_line *line, struct sr_work *work) {
  const sr_shared64 *words = (const sr_shared64 *)line;
  const sr_word64 *key = (const sr_word64 *)&work->tuple.v4;
  return words[0] == key[0] && words[1] == key[1];
}

/*
 * Where most looks are in vain (more sessions than lines), only each 64th packet looks. A hit counts as much as four
 * misses: below one in five, a look costs more than it spares.
 */
#define SR_LINE_MISSES 4096
SR_INLINE int sr_pass_by_lines(struct sr_work *work) {
  return work->line_misses >= SR_LINE_MISSES && (++work->line_tries & 63);
}

SR_INLINE struct sr_line *sr_no_line(struct sr_work *work) {
  if (work->line_misses < SR_LINE_MISSES) work->line_misses++;
  return 0;
}

/* The line of work->tuple in a scope, copied to work->line; null: none. */
SR_INLINE struct sr_line *sr_find_line(struct sr_work *work, __u16 scope) {
  work->line_passed_by = 1;
  if (work->family != 4 || !work->line_mask || sr_pass_by_lines(work)) return 0;
  work->line_passed_by = 0;
  work->tuple.v4.scope = scope;
  __u32 hash = sr_tuple_mix(work);
  struct sr_line *line = sr_line_at(work, hash, 0);
  if (!line) return 0;
  if (!sr_line_is_of(line, work)) {
    line = sr_line_at(work, hash, 1);
    if (!line || !sr_line_is_of(line, work)) return sr_no_line(work);
  }
#pragma clang loop unroll(full)
  for (__u32 i = 0; i < SR_LINE_WORDS; i++) ((sr_word64 *)&work->line)[i] = ((const sr_shared64 *)line)[i];
  if (work->line.check != sr_sum_line(&work->line) || !sr_line_is_of(&work->line, work)) return 0;
  work->line_misses -= work->line_misses < 4 ? work->line_misses : 4;
  return &work->line;
}

/* Has the line the stack below `top`, and is it young enough that sessions4 need not hear of it? */
SR_INLINE int sr_line_is_same(struct sr_work *work, __u16 scope, __u32 instance) {
  struct sr_line *line = sr_find_line(work, scope);
  if (!line || line->label != work->label || line->reverse_stack != work->reverse_stack) return 0;
  if (line->flags != work->flags || line->instance != instance) return 0;
  __u32 from = work->top + 1;
  if (line->count != work->count - from || sr_now() - line->seen >= SR_SEEN_EVERY) return 0;
  for (__u32 i = 0; i < SR_LINE_LABELS; i++) {
    if (from + i >= work->count) return 1;
    /* In the uniform model the first entry takes TTL and TC from the packet when it comes back. */
    __u32 matters = !i && (line->flags & SR_LABEL_UNIFORM) ? 0xfffff100u : 0xffffffffu;
    if ((work->stack[(from + i) & (SR_MAX_LABELS - 1)] ^ line->stack[i]) & sr_swap32(matters)) return 0;
  }
  return 1;
}

/* Writes the line of work->tuple, with the stack from `from` on, where there is room; one too long has none any more. */
SR_INLINE void sr_keep_line(struct sr_work *work, __u32 instance, __u32 from) {
  __u32 count = work->count - from, now = sr_now();
  if (work->family != 4 || !work->line_mask) return;
  __u32 hash = sr_tuple_mix(work);
  struct sr_line *first = sr_line_at(work, hash, 0), *second = sr_line_at(work, hash, 1), *place = 0;
  if (!first || !second) return;
  if (sr_line_is_of(first, work)) place = first;
  else if (sr_line_is_of(second, work)) place = second;
  else if (count > SR_LINE_LABELS) return;
  else if (!first->check || now - first->seen >= SR_LINE_IDLE) place = first;
  else if (!second->check || now - second->seen >= SR_LINE_IDLE) place = second;
  if (!place) return;
  if (count > SR_LINE_LABELS) {
    ((sr_shared64 *)place)[SR_LINE_CHECK] = 0;
    return;
  }
  struct sr_line *line = &work->line;
  line->key = work->tuple.v4;
  line->seen = now;
  line->label = work->label;
  line->reverse_stack = work->reverse_stack;
  line->instance = instance;
  line->count = (__u8)count;
  line->flags = work->flags;
  line->reserved = 0;
  for (__u32 i = 0; i < SR_LINE_LABELS; i++)
    line->stack[i] = i < count ? work->stack[(from + i) & (SR_MAX_LABELS - 1)] : 0;
  line->check = sr_sum_line(line);
#pragma clang loop unroll(full)
  for (__u32 i = 0; i < SR_LINE_WORDS; i++) ((sr_shared64 *)place)[i] = ((const sr_word64 *)line)[i];
}
#endif
