/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef SR_HOLD_H
#define SR_HOLD_H
/* DELAY: the frame goes to the controller, who puts it back in when it knows where to. */
#include "send.h"

/* A frame from a VNF gets its stack back first: the controller puts it in as if it came from the network. */
SR_INLINE int sr_label_frame(sr_ctx *ctx, struct sr_work *work) {
  int result = sr_rewrite(ctx, work, SR_ETHERNET, work->top);
  if (result < 0) return result;
  __u8 *at = SR_DATA(ctx);
  if (at + SR_ETHERNET > SR_END(ctx)) return SR_DROPPED(SR_DROP_MALFORMED);
  for (int i = 0; i < 3; i++) SR_STORE32(at + 4 * i, 0);
  SR_STORE16(at + 12, SR_TYPE_MPLS);
  return 0;
}

SR_INLINE int sr_hold(sr_ctx *ctx, struct sr_work *work, __u32 service) {
  if (work->from_vnf) {
    int result = sr_label_frame(ctx, work);
    if (result < 0) return result;
  }
  __u32 length = sr_length(ctx);
  if (!length || length > SR_HELD_BYTES) return SR_DROPPED(SR_DROP_HOLD_FULL);
  if (sr_event_held(ctx, service, length)) return SR_DROPPED(SR_DROP_HOLD_FULL);
  sr_stat(SR_STAT_HELD, work->length);
  return XDP_DROP;
}
#endif
