/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef SR_SERVICE_H
#define SR_SERVICE_H
/*
 * The service table (after Serval): a session stays with its instance; a new one asks the table. When the tables
 * change (another generation) the rule of a known session is looked up again, and its instance kept if it lives.
 */
#include "hold.h"
#include "name.h"
#include "vnf.h"

/* Remote: the label of the service is replaced by the stack that leads to the instance. */
SR_INLINE int sr_to_remote(sr_ctx *ctx, struct sr_work *work, struct sr_instance *instance) {
  __u32 entry = sr_top(work);
  int ttl = sr_take_ttl(work, entry);
  if (ttl < 0) return ttl;
  __u32 id = instance->stack, pushed = 0;
  struct sr_stack *stack = id ? sr_lookup(stacks, &id) : 0;
  if (id && (!stack || stack->count > SR_MAX_LABELS)) return SR_DROPPED(SR_DROP_NO_VNF);
  if (stack) pushed = stack->count;
  __u32 from = work->top + 1, rest = work->count - from;
  if (pushed + rest > SR_MAX_LABELS) return SR_DROPPED(SR_DROP_STACK_DEPTH);
  /* work->session.stack is free here: the new stack is built there. */
  __u32 *built = work->session.stack;
  for (__u32 i = 0; i < SR_MAX_LABELS; i++) {
    if (i >= pushed || !stack) break;
    __u32 value = stack->entries[i] & ~0x100u;
    built[i] = sr_swap32(SR_TTL(value) ? value : value | (__u32)ttl | (entry & 0xe00));
  }
  if (pushed && !rest) built[(pushed - 1) & (SR_MAX_LABELS - 1)] |= SR_BOTTOM;
  for (__u32 i = 0; i < SR_MAX_LABELS; i++) {
    if (i >= rest) break;
    built[(pushed + i) & (SR_MAX_LABELS - 1)] = work->stack[(from + i) & (SR_MAX_LABELS - 1)];
  }
  for (__u32 i = 0; i < SR_MAX_LABELS; i++) work->stack[i] = built[i];
  work->top = 0;
  work->count = pushed + rest;
  return sr_send_to(ctx, work, instance->nexthop, 0);
}

SR_INLINE void sr_set_kind(struct sr_work *work, __u8 kind) {
  if (work->family == 4) work->tuple.v4.kind = kind;
  else work->tuple.v6.kind = kind;
}

/* The instance that a new session gets: a slot by its hash. */
SR_INLINE __u32 sr_choose(struct sr_work *work, struct sr_service *service) {
  if (!service->slots) return 0;
  __u32 slot = service->first_slot + sr_tuple_mix(work) % service->slots;
  __u32 *id = sr_lookup(service_slots, &slot);
  return id ? *id : 0;
}

/* work->tuple is the service session's; the rule of the table is FORWARD. */
SR_INLINE __u32 sr_bind(struct sr_work *work, struct sr_config *settings, struct sr_service *service, __u32 bound) {
  __u32 id = bound;
  struct sr_instance *instance = id ? sr_lookup(instances, &id) : 0;
  if (!instance || instance->state == SR_INSTANCE_GONE) id = sr_choose(work, service);
  struct sr_session *session = &work->session;
  __builtin_memset(session, 0, sizeof(*session));
  session->seen = sr_now();
  session->label = work->label;
  session->generation = settings->generation;
  session->flags = service->flags;
  session->instance = id;
  if (id) sr_store(work);
  return id;
}

/* The instance of the packet's session or of the table's choice; negative: the packet's fate is known. */
SR_INLINE int sr_pick(sr_ctx *ctx, struct sr_work *work, struct sr_config *settings) {
  __u32 name_id = work->target, id = 0;
  struct sr_session *session = sr_find(work, (__u16)name_id);
  if (session) {
    id = session->instance;
    __u32 current = session->generation == settings->generation;
    if (session->check != sr_tuple_mix(work)) return SR_DROPPED(SR_DROP_RACE);
    struct sr_instance *instance = sr_lookup(instances, &id);
    if (current && instance && instance->state != SR_INSTANCE_GONE) {
      sr_touch(session);
      work->flags = session->flags;
      work->instance = id;
      return 0;
    }
  }
  struct sr_service_name *name = sr_lookup(service_names, &name_id);
  struct sr_service *service = name ? sr_find_service(settings, name) : 0;
  if (!service) return SR_DROPPED(SR_DROP_NO_SERVICE);
  sr_count(service_counters, service->counter, work->length);
  if (service->action == SR_SERVICE_DELAY) return sr_hold(ctx, work, name_id);
  work->flags = service->flags;
  if (service->action == SR_SERVICE_DEMUX) {
    work->target = service->target;
    work->instance = 0;
    return 0;
  }
  if (service->action != SR_SERVICE_FORWARD) return SR_DROPPED(SR_DROP_SERVICE);
  work->instance = sr_bind(work, settings, service, id);
  return work->instance ? 0 : SR_DROPPED(SR_DROP_NO_INSTANCE);
}

SR_INLINE int sr_serve(sr_ctx *ctx, struct sr_work *work, struct sr_config *settings) {
  int result = sr_read_inner(ctx, work);
  if (result < 0) return result;
  __u8 kind = work->family == 4 ? work->tuple.v4.kind : work->tuple.v6.kind;
  sr_set_kind(work, SR_KIND_SERVICE);
  result = sr_pick(ctx, work, settings);
  if (result) return result;
  sr_set_kind(work, kind);
  __u32 id = work->instance;
  if (id) {
    struct sr_instance *instance = sr_lookup(instances, &id);
    if (!instance || instance->state == SR_INSTANCE_GONE) return SR_DROPPED(SR_DROP_NO_INSTANCE);
    sr_count(instance_counters, id, work->length);
    if (!instance->vnf) return sr_to_remote(ctx, work, instance);
    work->target = instance->vnf;
    work->reverse_stack = instance->reverse_stack;
  }
  sr_tail(ctx, SR_PROG_VNF);
  return SR_DROPPED(SR_DROP_NO_PROGRAM);
}
#endif
