/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef SR_FORWARD_H
#define SR_FORWARD_H
/* Out to the next node: an LSR's swap, penultimate hop popping, and labels that no table has. */

SR_INLINE int sr_forward(sr_ctx *ctx, struct sr_work *work, __u32 entry,
                         struct sr_label *label) {
  if (label->argument == SR_POP_LABEL) {
    int result = sr_pop(work, entry, label->flags);
    if (result < 0) return result;
    if (work->top >= work->count && !work->decremented) {
      result = sr_ip_hop(ctx, work);
      if (result < 0) return result;
    }
  } else {
    int ttl = sr_take_ttl(work, entry);
    if (ttl < 0) return ttl;
    __u32 value = label->argument == SR_KEEP_LABEL ? SR_LABEL(entry) : label->argument;
    sr_set_top(work, value << 12 | (entry & 0xf00) | (__u32)ttl);
  }
  return sr_send_to(ctx, work, label->target, work->top);
}

/* 0: popped, go on with the next label. */
SR_INLINE int sr_forward_unknown(sr_ctx *ctx, struct sr_work *work, struct sr_config *settings, __u32 entry) {
  __u32 value = SR_LABEL(entry);
  if (value == SR_LABEL_IPV4_NULL || value == SR_LABEL_IPV6_NULL) {
    int result = sr_pop(work, entry, 0);
    return result < 0 ? result : 0;
  }
  if (value == SR_LABEL_ENTROPY && work->top + 1 < work->count) {
    work->top += 2;
    return 0;
  }
  /* RFC 7274 §3: a special-purpose label that means nothing here is no label to forward by. */
  if (settings->default_nexthop && value >= SR_LABEL_FIRST) {
    int ttl = sr_take_ttl(work, entry);
    if (ttl < 0) return ttl;
    sr_set_top(work, (entry & ~0xffu) | (__u32)ttl);
    return sr_send_to(ctx, work, settings->default_nexthop, work->top);
  }
  if (!work->from_vnf && !work->top && (settings->flags & SR_CONFIG_PASS_UNKNOWN)) {
    sr_stat(SR_STAT_PASSED, work->length);
    return XDP_PASS;
  }
  return SR_DROPPED(SR_DROP_UNKNOWN_LABEL);
}
#endif
