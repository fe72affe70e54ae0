/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef SR_ANSWER_H
#define SR_ANSWER_H
/*
 * What comes from a VNF and is in no session as it stands, in this order:
 * 1. an ICMP error about a packet of a session: it goes where the answers to that packet go;
 * 2. an answer that the VNF made itself (a reset, an echo reply): the reversed tuple has a session;
 * 3. a packet with rewritten addresses: the interface tells the chain (SR_RETURN_INTERFACE);
 * 4. the VNF's own traffic (SR_PORT_PASS_OTHERS).
 */
#include "return.h"

SR_INLINE void sr_swap_words(void *one, void *other, int words) {
  for (int i = 0; i < words; i++) {
    __u32 kept = ((__u32 *)one)[i];
    ((__u32 *)one)[i] = ((__u32 *)other)[i];
    ((__u32 *)other)[i] = kept;
  }
}

/* The tuple as it would be in the other direction. */
SR_INLINE void sr_reverse_tuple(struct sr_work *work) {
  if (work->family == 4) {
    struct sr_key4 *key = &work->tuple.v4;
    __u16 sport = key->sport;
    sr_swap_words(key->src, key->dst, 1);
    key->sport = key->dport;
    key->dport = sport;
  } else {
    struct sr_key6 *key = &work->tuple.v6;
    __u16 sport = key->sport;
    sr_swap_words(key->src, key->dst, 4);
    key->sport = key->dport;
    key->dport = sport;
  }
}

/* work->tuple becomes that of the packet which an ICMP error quotes, as that packet went. */
SR_INLINE int sr_quoted_tuple(sr_ctx *ctx, struct sr_work *work) {
  SR_FORGET();
  __u8 *ip = SR_DATA(ctx) + (work->l2 & 31), *end = SR_END(ctx);
  if (work->family == 4) {
    if (ip + 20 > end) return 0;
    __u8 *quoted = ip + (ip[0] & 15u) * 4 + 8;
    if (quoted + 20 > end) return 0;
    struct sr_key4 *key = &work->tuple.v4;
    *(__u32 *)key->src = SR_LOAD32(quoted + 12);
    *(__u32 *)key->dst = SR_LOAD32(quoted + 16);
    key->protocol = quoted[9];
    key->kind = SR_KIND_FLOW;
    if (quoted[9] != SR_ICMP4) return 1;
    __u8 *icmp = quoted + (quoted[0] & 15u) * 4;
    if (icmp + 8 <= end && sr_icmp4_has_id(icmp[0])) key->sport = key->dport = SR_LOAD16(icmp + 4);
    return 1;
  }
  /* Behind extension headers the error is in sessions only as itself. */
  if (ip + 40 + 8 + 40 > end || ip[6] != SR_ICMP6) return 0;
  __u8 *quoted = ip + 48;
  struct sr_key6 *key = &work->tuple.v6;
  for (int i = 0; i < 4; i++) {
    ((__u32 *)key->src)[i] = SR_LOAD32(quoted + 8 + 4 * i);
    ((__u32 *)key->dst)[i] = SR_LOAD32(quoted + 24 + 4 * i);
  }
  key->protocol = quoted[6];
  key->kind = SR_KIND_FLOW;
  __u8 *icmp = quoted + 40;
  if (quoted[6] == SR_ICMP6 && icmp + 8 <= end && sr_icmp6_has_id(icmp[0])) key->sport = key->dport = SR_LOAD16(icmp + 4);
  return 1;
}

SR_INLINE __u8 sr_kind(struct sr_work *work) {
  return work->family == 4 ? work->tuple.v4.kind : work->tuple.v6.kind;
}

/*
 * A session of packets that were sent out of this port: its answers take the reverse stack. 1: work->stack is that; 0: there
 * is no such session.
 */
SR_INLINE int sr_answer_of(sr_ctx *ctx, struct sr_work *work) {
  struct sr_session *session = sr_find(work, work->sent_scope);
  if (!session) return 0;
  __u32 reverse = session->reverse_stack;
  if (session->check != sr_tuple_mix(work)) return SR_DROPPED(SR_DROP_RACE);
  sr_stat(SR_STAT_ANSWERED, work->length);
  work->flags = 0;
  int result = sr_take_stack(ctx, work, reverse);
  return result < 0 ? result : 1;
}

/* 1: work->stack is the packet's; 0: it has none here. */
SR_INLINE int sr_find_answer(sr_ctx *ctx, struct sr_work *work) {
  int result = 0;
  if (sr_kind(work) == SR_KIND_ERROR) {
    if (!sr_quoted_tuple(ctx, work)) goto interface;
    /* The other direction has a session of its own here: the error travels with it. */
    sr_reverse_tuple(work);
    struct sr_session *session = sr_find(work, work->scope);
    if (session) return sr_restore(work, session, sr_tuple_mix(work)) ? 1 : SR_DROPPED(SR_DROP_RACE);
  }
  sr_reverse_tuple(work);
  result = sr_answer_of(ctx, work);
  if (result) return result;
interface:
  if (work->port_mode == SR_RETURN_INTERFACE) {
    __u32 key = work->scope;
    struct sr_session *session = sr_lookup(interface_stacks, &key);
    if (session) return sr_restore(work, session, key) ? 1 : SR_DROPPED(SR_DROP_RACE);
  }
  return 0;
}

SR_INLINE int sr_answer(sr_ctx *ctx, struct sr_work *work, struct sr_config *settings) {
  int result = sr_find_answer(ctx, work);
  if (result < 0) return result;
  if (result) {
    /*
     * The tuple was turned round, or is that of a quoted packet: if the next label leads to another VNF, its session is
     * that of the packet as it is.
     */
    work->parsed = 0;
    return sr_resume(ctx, work, settings);
  }
  if (work->port_flags & SR_PORT_PASS_OTHERS) {
    sr_stat(SR_STAT_PASSED, work->length);
    return XDP_PASS;
  }
  return SR_DROPPED(SR_DROP_NO_SESSION);
}
#endif
