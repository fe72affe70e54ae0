/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef SR_SWITCH_H
#define SR_SWITCH_H
/* What the top label means here. Reached from the network, from a VNF, and from SR-aware programs. */
#include "deliver.h"
#include "forward.h"
#include "vnf.h"

#define SR_MAX_POPS 4 /* labels of this node that one frame may have on top of each other */

/* What the programs behind a tail call need to know of the label. */
SR_INLINE void sr_note_label(struct sr_work *work, __u32 value, struct sr_label *label) {
  work->label = value;
  work->flags = label->flags;
  work->target = label->target;
  work->argument = label->argument;
  work->reverse_stack = label->reverse_stack;
}

SR_INLINE int sr_switch(sr_ctx *ctx, struct sr_work *work, struct sr_config *settings) {
  for (int pops = 0; pops < SR_MAX_POPS; pops++) {
    SR_FORGET();
    if (work->top >= work->count) return sr_end(ctx, work, settings);
    __u32 entry = sr_top(work);
    struct sr_label_key key = {.label = SR_LABEL(entry), .generation = settings->generation};
    struct sr_label *label = sr_find_label(work, &key);
    if (!label) {
      int result = sr_forward_unknown(ctx, work, settings, entry);
      if (result) return result;
      continue;
    }
    sr_count(label_counters, label->counter, work->length);
    if (label->action == SR_LABEL_DYNAMIC || label->action == SR_LABEL_STATIC) {
      sr_note_label(work, key.label, label);
      return sr_to_vnf(ctx, work, label->target, label->action == SR_LABEL_DYNAMIC, 0);
    }
    if (label->action == SR_LABEL_FORWARD) return sr_forward(ctx, work, entry, label);
    if (label->action == SR_LABEL_POP) {
      int result = sr_pop(work, entry, label->flags);
      if (result < 0) return result;
      continue;
    }
    sr_note_label(work, key.label, label);
    if (label->action == SR_LABEL_SERVICE) {
      sr_tail(ctx, SR_PROG_SERVICE);
      return SR_DROPPED(SR_DROP_NO_PROGRAM);
    }
    if (label->action == SR_LABEL_PROGRAM) {
      sr_tail(ctx, label->target);
      return SR_DROPPED(SR_DROP_NO_PROGRAM);
    }
    return SR_DROPPED(SR_DROP_LABEL);
  }
  return SR_DROPPED(SR_DROP_STACK_DEPTH);
}
#endif
