/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef SR_SESSION_H
#define SR_SESSION_H
/* Sessions: which stack belongs to a packet that comes back from a VNF. One table per address family. */

/* Keys are written field by field and read in words. */
typedef __u32 __attribute__((may_alias)) sr_word32;

/* A mix of the words of a key: spreads sessions over slots, and tells a reused value from the right one. */
SR_INLINE __u32 sr_mix(const void *key, __u32 words) {
  __u32 hash = 0x9e3779b9u;
  for (__u32 i = 0; i < words; i++) {
    hash = (hash ^ ((const sr_word32 *)key)[i]) * 0x85ebca6bu;
    hash ^= hash >> 15;
  }
  return hash;
}

SR_INLINE __u32 sr_tuple_mix(struct sr_work *work) {
  return work->family == 4 ? sr_mix(&work->tuple.v4, sizeof(struct sr_key4) / 4)
                           : sr_mix(&work->tuple.v6, sizeof(struct sr_key6) / 4);
}

/* The session of work->tuple in a scope; null: none, or it has not moved into this table yet. */
SR_INLINE struct sr_session *sr_find_moved(struct sr_work *work, __u16 scope) {
  if (work->family == 4) {
    work->tuple.v4.scope = scope;
    return sr_lookup(sessions4, &work->tuple.v4);
  }
  work->tuple.v6.scope = scope;
  return sr_lookup(sessions6, &work->tuple.v6);
}

/* The session of work->tuple in a scope; null: none. */
SR_INLINE struct sr_session *sr_find(struct sr_work *work, __u16 scope) {
  struct sr_session *session = sr_find_moved(work, scope);
  if (session) return session;
  return work->family == 4 ? sr_brought_over(before4, sessions4, &work->tuple.v4)
                           : sr_brought_over(before6, sessions6, &work->tuple.v6);
}

/* Puts work->session under work->tuple, whose scope sr_find has set. */
SR_INLINE void sr_store(struct sr_work *work) {
  work->session.check = sr_tuple_mix(work);
  if (work->family == 4) sr_update(sessions4, &work->tuple.v4, &work->session);
  else sr_update(sessions6, &work->tuple.v6, &work->session);
}

SR_INLINE __u32 sr_now(void) { return (__u32)(sr_nanoseconds() >> 30); }

/* Only now and then: with a million sessions a write for each packet is a cache line more to bring back to memory. */
SR_INLINE void sr_touch(struct sr_session *session) {
  __u32 now = sr_now();
  if (now - session->seen >= SR_SEEN_EVERY) session->seen = now;
}

/* Is it the stack below `top`? Differences of TTL are noted; those of label or TC make a new entry necessary. */
SR_INLINE int sr_same_stack(struct sr_session *session, struct sr_work *work) {
  __u32 from = work->top + 1;
  if (session->count != work->count - from) return 0;
  for (__u32 i = 0; i < SR_MAX_LABELS; i++) {
    if (from + i >= work->count) return 1;
    __u32 entry = work->stack[(from + i) & (SR_MAX_LABELS - 1)];
    __u32 change = entry ^ session->stack[i];
    if (!change) continue;
    /* In the uniform model the first entry takes TTL and TC from the packet when it comes back. */
    __u32 matters = !i && (session->flags & SR_LABEL_UNIFORM) ? 0xfffff100u : 0xffffff00u;
    if (change & sr_swap32(matters)) return 0;
    /* One octet, so that no other session's label can be harmed if this entry is being reused right now. */
    ((__u8 *)&session->stack[i])[3] = (__u8)SR_TTL(sr_swap32(entry));
  }
  return 1;
}

/* Builds work->session from the stack from `from` on. */
SR_INLINE void sr_build_session(struct sr_work *work, __u32 instance, __u32 from) {
  struct sr_session *session = &work->session;
  session->seen = sr_now();
  session->label = work->label;
  session->generation = 0;
  session->reverse_stack = work->reverse_stack;
  session->instance = instance;
  session->flags = work->flags;
  session->count = (__u8)(work->count - from);
  for (__u32 i = 0; i < SR_MAX_LABELS; i++)
    session->stack[i] = from + i < work->count ? work->stack[(from + i) & (SR_MAX_LABELS - 1)] : 0;
}

#include "line.h"

/* Before the packet goes to a VNF: keeps the stack below `top` for its return. Writes only what is new. */
SR_INLINE void sr_learn(struct sr_work *work, __u16 scope, __u32 instance) {
  if (sr_line_is_same(work, scope, instance)) return;
  struct sr_session *session = sr_find(work, scope);
  if (session && session->label == work->label && session->reverse_stack == work->reverse_stack &&
      session->flags == work->flags && session->instance == instance && sr_same_stack(session, work)) {
    sr_touch(session);
  } else {
    sr_stat(session ? SR_STAT_REPLACED : SR_STAT_LEARNED, work->length);
    sr_build_session(work, instance, work->top + 1);
    sr_store(work);
  }
  sr_keep_line(work, instance, work->top + 1);
}

/* The same for a VNF that rewrites addresses: by the interface where the packet will come back. */
SR_INLINE void sr_learn_interface(struct sr_work *work, __u16 scope) {
  __u32 key = scope;
  struct sr_session *session = sr_lookup(interface_stacks, &key);
  if (session && session->label == work->label && session->reverse_stack == work->reverse_stack &&
      session->flags == work->flags && sr_same_stack(session, work)) {
    sr_touch(session);
    return;
  }
  sr_build_session(work, 0, work->top + 1);
  work->session.check = key;
  sr_update(interface_stacks, &key, &work->session);
}

/* The stack of a session into work->stack. False: the entry was reused meanwhile. */
SR_INLINE int sr_restore(struct sr_work *work, struct sr_session *session, __u32 check) {
  __u32 count = session->count;
  work->top = 0;
  work->label = session->label;
  work->flags = session->flags;
  work->reverse_stack = session->reverse_stack;
  for (__u32 i = 0; i < SR_MAX_LABELS; i++) {
    if (i >= count) break;
    work->stack[i] = session->stack[i];
  }
  work->count = count & 31;
  SR_FORGET();
  return session->check == check;
}

/*
 * The same of a session that has not moved yet. It stays where it is: a program of an earlier run may still be learning
 * there. False: there is none.
 */
SR_INLINE int sr_restore_before(struct sr_work *work) {
  struct sr_session *session = work->family == 4 ? sr_find_before(before4, &work->tuple.v4)
                                                 : sr_find_before(before6, &work->tuple.v6);
  return session && sr_restore(work, session, sr_tuple_mix(work));
}

/* The same from its line; it tells sessions4 now and then that it is in use. False: there is none. */
SR_INLINE int sr_restore_line(struct sr_work *work, __u16 scope) {
  if (!sr_find_line(work, scope)) return 0;
  struct sr_line_stack *line = &work->line_stack;
  __u32 instance = line->instance;
  work->top = 0;
  work->count = line->count & 15;
  work->label = line->label;
  work->flags = line->flags;
  work->reverse_stack = line->reverse_stack;
  for (__u32 i = 0; i < SR_LINE_LABELS; i++) work->stack[i] = line->stack[i];
  SR_FORGET();
  if (sr_now() - work->place.seen < SR_SEEN_EVERY) return 1;
  struct sr_session *session = sr_find(work, scope);
  if (session) {
    if (!sr_restore(work, session, sr_tuple_mix(work))) return 0;
    instance = session->instance;
    sr_touch(session);
  } else {
    /* A flood has evicted it meanwhile. */
    sr_build_session(work, instance, 0);
    sr_store(work);
  }
  sr_keep_line(work, instance, 0);
  return 1;
}
#endif
