/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef SR_VNF_H
#define SR_VNF_H
/*
 * To a VNF: End.AD and End.AS of draft-ietf-spring-sr-service-programming §6.1, §6.2, with labels. The top entry is
 * the VNF's own; what is below it is kept for the session (dynamic) or dropped (static).
 */
SR_INLINE int sr_to_vnf(sr_ctx *ctx, struct sr_work *work, __u32 id, int dynamic, __u32 instance) {
  struct sr_vnf *vnf = id ? sr_lookup(vnfs, &id) : 0;
  if (!vnf || !vnf->kind) return SR_DROPPED(SR_DROP_NO_VNF);
  int result = sr_read_inner(ctx, work);
  if (result < 0) return result;
  __u32 entry = sr_top(work);
  int ttl = sr_pop(work, entry, work->flags);
  if (ttl < 0) return ttl;
  if (work->flags & SR_LABEL_UNIFORM) {
    result = sr_ip_take_label(ctx, work, (__u32)ttl, SR_TC(entry));
    if (result < 0) return result;
  }
  work->top--;
  if (dynamic) {
    sr_learn(work, vnf->scope, instance);
    if (vnf->flags & SR_VNF_BY_INTERFACE) sr_learn_interface(work, vnf->scope);
  }
  struct sr_vnf_counter *counter = sr_lookup(vnf_counters, &id);
  if (counter) sr_add(&counter->to, work->length);
  sr_stat(SR_STAT_TO_VNF, work->length);
  if (vnf->kind == SR_VNF_HOST) return sr_to_kernel(ctx, work);
  return sr_send(ctx, work, &vnf->l2, work->count);
}
#endif
