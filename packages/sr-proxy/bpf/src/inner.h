/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef SR_INNER_H
#define SR_INNER_H
/* The IP packet under the labels: family, protocol, and the tuple that tells its session. Fills in work->tuple. */
#include "l4.h"
#include "inner4.h"
#include "inner6.h"

SR_INLINE int sr_read_inner(sr_ctx *ctx, struct sr_work *work) {
  if (work->parsed) return 0;
  SR_FORGET();
  __u8 *ip = SR_DATA(ctx) + (work->inner & 127);
  __u8 *end = SR_END(ctx);
  if (ip + 1 > end) return SR_DROPPED(SR_DROP_MALFORMED);
  work->has_ports = 0;
  int result;
  if (ip[0] >> 4 == 4) result = sr_read_inner4(work, ip, end);
  else if (ip[0] >> 4 == 6) result = sr_read_inner6(work, ip, end);
  else return SR_DROPPED(SR_DROP_NOT_IP);
  if (result < 0) return result;
  work->parsed = 1;
  SR_FORGET();
  return 0;
}
#endif
