/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef SR_LINE_H
#define SR_LINE_H
/* Sessions in one cache line (tables.h, session_lines4). Included by session.h. */
typedef volatile __u64 __attribute__((may_alias)) sr_shared64; /* others write it meanwhile: one load, one store each */
typedef __u64 __attribute__((may_alias)) sr_word64;
#define SR_PLACE_WORDS 4
#define SR_PLACE_CHECK 2  /* the word that is the sum */
#define SR_STACK_WORDS 6  /* of struct sr_line_stack, that count in the sum and in comparisons */

/* Products that do not wait for each other. */
SR_INLINE __u64 sr_line_sum(const struct sr_place *place, const struct sr_line_stack *stack) {
  const sr_word64 *one = (const sr_word64 *)place, *two = (const sr_word64 *)stack;
  __u64 sum = (one[0] ^ 0x9e3779b97f4a7c15u) * 0xd6e8feb86659fd93u;
  sum += (one[1] ^ 0xbf58476d1ce4e5b9u) * 0xff51afd7ed558ccdu;
  sum += (one[3] ^ 0x94d049bb133111ebu) * 0xc4ceb9fe1a85ec53u;
#pragma clang loop unroll(full)
  for (__u32 i = 0; i < SR_STACK_WORDS; i++)
    sum += (two[i] ^ (0x2545f4914f6cdd1du + i)) * (0x9fb21c651e98df25u + 0x6a09e667f3bcc908u * i);
  sum ^= sum >> 32;
  return sum ? sum : 1; /* 0 is no session */
}

SR_INLINE int sr_place_is_of(const struct sr_place *place, struct sr_work *work) {
  const sr_shared64 *words = (const sr_shared64 *)place;
  const sr_word64 *key = (const sr_word64 *)&work->tuple.v4;
  return words[0] == key[0] && words[1] == key[1];
}

SR_INLINE struct sr_line *sr_line_at(struct sr_work *work, __u32 hash) {
  __u32 index = hash & work->line_mask;
  return sr_lookup(session_lines4, &index);
}

/* Where work->tuple is, if it is in a line; null: nowhere. */
SR_INLINE struct sr_place *sr_find_place(struct sr_work *work, __u32 hash) {
#pragma clang loop unroll(full)
  for (__u32 beside = 0; beside < 2; beside++) {
    struct sr_line *line = sr_line_at(work, hash ^ beside);
    if (!line) return 0;
    if (sr_place_is_of(&line->places[0], work)) return &line->places[0];
    if (sr_place_is_of(&line->places[1], work)) return &line->places[1];
  }
  return 0;
}

SR_INLINE struct sr_line_stack *sr_line_stack_at(__u32 index) {
  index &= SR_N_LINE_STACKS - 1;
  return sr_lookup(line_stacks, &index);
}

/* The session of work->tuple in a scope, copied to work->place and work->line_stack. False: it is in no line. */
SR_INLINE int sr_find_line(struct sr_work *work, __u16 scope) {
  if (work->family != 4 || !work->line_mask) return 0;
  work->tuple.v4.scope = scope;
  struct sr_place *place = sr_find_place(work, sr_tuple_mix(work));
  if (!place) return 0;
#pragma clang loop unroll(full)
  for (__u32 i = 0; i < SR_PLACE_WORDS; i++)
    ((sr_word64 *)&work->place)[i] = ((const sr_shared64 *)place)[i];
  struct sr_line_stack *stack = sr_line_stack_at(work->place.stack);
  if (!stack) return 0;
#pragma clang loop unroll(full)
  for (__u32 i = 0; i < SR_STACK_WORDS; i++)
    ((sr_word64 *)&work->line_stack)[i] = ((const sr_shared64 *)stack)[i];
  return sr_place_is_of(&work->place, work) && work->place.check == sr_line_sum(&work->place, &work->line_stack);
}

/* The entry as it is kept: in the uniform model the first takes TTL and TC from the packet when it comes back. */
SR_INLINE __u32 sr_line_entry(struct sr_work *work, __u32 from, __u32 i) {
  if (from + i >= work->count) return 0;
  __u32 entry = work->stack[(from + i) & (SR_MAX_LABELS - 1)];
  return !i && (work->flags & SR_LABEL_UNIFORM) ? entry & sr_swap32(0xfffff100u) : entry;
}

/* Has the line the stack below `top`, and is it young enough that sessions4 need not hear of it? */
SR_INLINE int sr_line_is_same(struct sr_work *work, __u16 scope, __u32 instance) {
  if (!sr_find_line(work, scope)) return 0;
  struct sr_line_stack *stack = &work->line_stack;
  __u32 from = work->top + 1;
  if (stack->label != work->label || stack->reverse_stack != work->reverse_stack) return 0;
  if (stack->flags != work->flags || stack->instance != instance) return 0;
  if (stack->count != work->count - from || sr_now() - work->place.seen >= SR_SEEN_EVERY) return 0;
  for (__u32 i = 0; i < SR_LINE_LABELS; i++) {
    if (from + i >= work->count) return 1;
    if (stack->stack[i] != sr_line_entry(work, from, i)) return 0;
  }
  return 1;
}

SR_INLINE int sr_line_stack_is(const struct sr_line_stack *stack, struct sr_work *work) {
  const sr_shared64 *words = (const sr_shared64 *)stack;
  const sr_word64 *wanted = (const sr_word64 *)&work->line_stack;
  __u64 different = 0;
#pragma clang loop unroll(full)
  for (__u32 i = 0; i < SR_STACK_WORDS; i++) different |= words[i] ^ wanted[i];
  return !different;
}

/* work->line_stack into line_stacks, unless it is there. Its index, or SR_N_LINE_STACKS: both places are in use. */
SR_INLINE __u32 sr_keep_line_stack(struct sr_work *work, __u32 now) {
  __u32 index = sr_mix(&work->line_stack, 2 * SR_STACK_WORDS) & (SR_N_LINE_STACKS - 1);
  struct sr_line_stack *stack = sr_line_stack_at(index), *other = sr_line_stack_at(index ^ 1);
  if (!stack || !other) return SR_N_LINE_STACKS;
  if (!sr_line_stack_is(stack, work)) {
    if (sr_line_stack_is(other, work) || (stack->seen && now - stack->seen < SR_LINE_IDLE)) {
      stack = other;
      index ^= 1;
    }
    if (!sr_line_stack_is(stack, work)) {
      if (stack->seen && now - stack->seen < SR_LINE_IDLE) return SR_N_LINE_STACKS;
#pragma clang loop unroll(full)
      for (__u32 i = 0; i < SR_STACK_WORDS; i++)
        ((sr_shared64 *)stack)[i] = ((const sr_word64 *)&work->line_stack)[i];
    }
  }
  if (stack->seen != now) stack->seen = now;
  return index;
}

SR_INLINE int sr_place_is_free(const struct sr_place *place, __u32 now) {
  return !place->check || now - place->seen >= SR_LINE_IDLE;
}

/* A place for a key that has none; null: all are in use. */
SR_INLINE struct sr_place *sr_free_place(struct sr_work *work, __u32 hash, __u32 now) {
#pragma clang loop unroll(full)
  for (__u32 beside = 0; beside < 2; beside++) {
    struct sr_line *line = sr_line_at(work, hash ^ beside);
    if (!line) return 0;
    if (sr_place_is_free(&line->places[0], now)) return &line->places[0];
    if (sr_place_is_free(&line->places[1], now)) return &line->places[1];
  }
  return 0;
}

/* Writes the line of work->tuple, with the stack from `from` on, where there is room; where not, it has none any more. */
SR_INLINE void sr_keep_line(struct sr_work *work, __u32 instance, __u32 from) {
  __u32 count = work->count - from, now = sr_now(), index = SR_N_LINE_STACKS;
  if (work->family != 4 || !work->line_mask) return;
  __u32 hash = sr_tuple_mix(work);
  struct sr_place *place = sr_find_place(work, hash);
  if (count <= SR_LINE_LABELS) {
    struct sr_line_stack *stack = &work->line_stack;
    stack->label = work->label;
    stack->reverse_stack = work->reverse_stack;
    stack->instance = instance;
    stack->count = (__u8)count;
    stack->flags = work->flags;
    stack->reserved = 0;
    for (__u32 i = 0; i < SR_LINE_LABELS; i++) stack->stack[i] = sr_line_entry(work, from, i);
    if (!place) place = sr_free_place(work, hash, now);
    if (place) index = sr_keep_line_stack(work, now);
  }
  if (!place) return;
  if (index == SR_N_LINE_STACKS) {
    /* What is there may be of another session, idle for long. */
    ((sr_shared64 *)place)[SR_PLACE_CHECK] = 0;
    return;
  }
  work->place.key = work->tuple.v4;
  work->place.seen = now;
  work->place.stack = index;
  work->place.check = sr_line_sum(&work->place, &work->line_stack);
#pragma clang loop unroll(full)
  for (__u32 i = 0; i < SR_PLACE_WORDS; i++) ((sr_shared64 *)place)[i] = ((const sr_word64 *)&work->place)[i];
}
#endif
