/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef SR_BEGIN_H
#define SR_BEGIN_H
/* How every program begins. */

/* The frame is new: nothing is known of it. Null: the tables are of another version, the frame is the kernel's. */
SR_INLINE struct sr_work *sr_begin(sr_ctx *ctx, struct sr_config **settings) {
  __u32 zero = 0;
  struct sr_config *found = sr_lookup(config, &zero);
  struct sr_work *work = sr_lookup(scratch, &zero);
  if (!found || !work || found->abi != SR_ABI_VERSION) return 0;
  *settings = found;
  work->length = sr_length(ctx);
  work->line_mask = found->line_mask;
  work->decremented = 0;
  work->from_vnf = 0;
  work->parsed = 0;
  work->count = 0;
  work->top = 0;
  return work;
}

/* After a tail call. */
SR_INLINE struct sr_work *sr_again(struct sr_config **settings) {
  __u32 zero = 0;
  *settings = sr_lookup(config, &zero);
  return *settings ? sr_lookup(scratch, &zero) : 0;
}
#endif
