/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef SR_FIREWALL_H
#define SR_FIREWALL_H
/* sr-firewall: an SR-aware VNF. Stateless rules on the inner packet; its label is popped, the stack stays on. */
#include "counters.h"
#include "inner.h"
#include "stack.h"

SR_INLINE int sr_masked_equal(const __u8 *address, const __u8 *wanted, const __u8 *mask, int words) {
  for (int i = 0; i < words; i++) {
    __u32 bits = ((const __u32 *)mask)[i];
    if ((((const __u32 *)address)[i] ^ ((const __u32 *)wanted)[i]) & bits) return 0;
  }
  return 1;
}

SR_INLINE int sr_rule_matches(struct sr_firewall_rule *rule, struct sr_work *work) {
  __u16 sport, dport;
  if (rule->family && rule->family != work->family) return 0;
  if ((rule->flags & SR_RULE_PROTOCOL) && rule->protocol != work->protocol) return 0;
  if (work->family == 4) {
    struct sr_key4 *key = &work->tuple.v4;
    if (!sr_masked_equal(key->src, rule->src, rule->src_mask, 1)) return 0;
    if (!sr_masked_equal(key->dst, rule->dst, rule->dst_mask, 1)) return 0;
    sport = sr_swap16(key->sport);
    dport = sr_swap16(key->dport);
  } else {
    struct sr_key6 *key = &work->tuple.v6;
    if (!sr_masked_equal(key->src, rule->src, rule->src_mask, 4)) return 0;
    if (!sr_masked_equal(key->dst, rule->dst, rule->dst_mask, 4)) return 0;
    sport = sr_swap16(key->sport);
    dport = sr_swap16(key->dport);
  }
  if (!(rule->flags & SR_RULE_PORTS)) return 1;
  return work->has_ports && sport >= rule->sport_first && sport <= rule->sport_last && dport >= rule->dport_first &&
         dport <= rule->dport_last;
}

/* 0: accepted, the label is popped. */
SR_INLINE int sr_filter(sr_ctx *ctx, struct sr_work *work) {
  int result = sr_read_inner(ctx, work);
  if (result < 0) return result;
  __u32 id = work->argument;
  struct sr_firewall_set *set = id ? sr_lookup(firewall_sets, &id) : 0;
  if (!set) return SR_DROPPED(SR_DROP_FIREWALL);
  __u32 first = set->first, count = set->count, verdict = set->policy;
  for (__u32 i = 0; i < SR_FIREWALL_RULES; i++) {
    if (i >= count) break;
    __u32 index = first + i;
    struct sr_firewall_rule *rule = sr_lookup(firewall_rules, &index);
    if (!rule) break;
    if (!sr_rule_matches(rule, work)) continue;
    sr_count(firewall_counters, rule->counter, work->length);
    verdict = rule->action;
    break;
  }
  if (verdict != SR_FIREWALL_ACCEPT) return SR_DROPPED(SR_DROP_FIREWALL);
  int ttl = sr_pop(work, sr_top(work), work->flags);
  return ttl < 0 ? ttl : 0;
}
#endif
