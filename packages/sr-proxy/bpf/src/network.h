/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef SR_NETWORK_H
#define SR_NETWORK_H
/* Frames from the network: MPLS is ours, everything else the kernel's. */
#include "switch.h"

SR_INLINE int sr_from_network(sr_ctx *ctx, struct sr_work *work, struct sr_config *settings) {
  struct sr_ethernet header;
  sr_stat(SR_STAT_NETWORK, work->length);
  int result = sr_read_ethernet(ctx, work, &header);
  if (result < 0) return result;
  if (header.type != SR_TYPE_MPLS) {
    sr_stat(SR_STAT_PASSED, work->length);
    return XDP_PASS;
  }
  result = sr_read_stack(ctx, work);
  if (result < 0) return result;
  return sr_switch(ctx, work, settings);
}
#endif
