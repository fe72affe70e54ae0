/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef SR_PROGRAMS_H
#define SR_PROGRAMS_H
/* The entry points. sr_network and sr_return are attached; the others are slots of `programs`. */
#include "platform.h"

#include "counters.h"
#include "l2.h"
#include "stack.h"
#include "inner.h"
#include "ip.h"
#include "session.h"
#include "recent.h"
#include "send.h"
#include "begin.h"
#include "answer.h"
#include "firewall.h"
#include "mirror.h"
#include "network.h"
#include "service.h"
#include "too-big.h"

SR_PROGRAM(sr_network) {
  struct sr_config *settings = 0;
  struct sr_work *work = sr_begin(ctx, &settings);
  if (!work) return XDP_PASS;
  return sr_verdict(sr_from_network(ctx, work, settings), work->length);
}

SR_PROGRAM(sr_return) {
  struct sr_config *settings = 0;
  struct sr_work *work = sr_begin(ctx, &settings);
  if (!work) return XDP_PASS;
  return sr_verdict(sr_from_vnf(ctx, work, settings), work->length);
}

SR_PROGRAM(sr_continue) {
  struct sr_config *settings = 0;
  struct sr_work *work = sr_again(&settings);
  if (!work) return XDP_DROP;
  return sr_verdict(sr_switch(ctx, work, settings), work->length);
}

SR_PROGRAM(sr_answers) {
  struct sr_config *settings = 0;
  struct sr_work *work = sr_again(&settings);
  if (!work) return XDP_DROP;
  return sr_verdict(sr_answer(ctx, work, settings), work->length);
}

SR_PROGRAM(sr_service) {
  struct sr_config *settings = 0;
  struct sr_work *work = sr_again(&settings);
  if (!work) return XDP_DROP;
  return sr_verdict(sr_serve(ctx, work, settings), work->length);
}

SR_PROGRAM(sr_vnf) {
  struct sr_config *settings = 0;
  struct sr_work *work = sr_again(&settings);
  if (!work) return XDP_DROP;
  return sr_verdict(sr_to_vnf(ctx, work, work->target, 1, work->instance), work->length);
}

SR_PROGRAM(sr_too_big) {
  struct sr_config *settings = 0;
  struct sr_work *work = sr_again(&settings);
  if (!work) return XDP_DROP;
  return sr_verdict(sr_too_long(ctx, work, settings), work->length);
}

SR_PROGRAM(sr_firewall) {
  struct sr_config *settings = 0;
  struct sr_work *work = sr_again(&settings);
  if (!work) return XDP_DROP;
  int result = sr_filter(ctx, work);
  if (result < 0) return sr_verdict(result, work->length);
  sr_tail(ctx, SR_PROG_CONTINUE);
  return sr_verdict(SR_DROPPED(SR_DROP_NO_PROGRAM), work->length);
}

SR_PROGRAM(sr_mirror) {
  struct sr_config *settings = 0;
  struct sr_work *work = sr_again(&settings);
  if (!work) return XDP_DROP;
  return sr_verdict(sr_copy(ctx, work), work->length);
}
#endif
