/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef SR_COUNTERS_H
#define SR_COUNTERS_H
/* Counters are per CPU: no atomic operation, no shared cache line. */
SR_INLINE void sr_add(struct sr_counter *counter, __u32 bytes) {
  if (!counter) return;
  counter->packets++;
  counter->bytes += bytes;
}

#define sr_count(table, index, bytes)            \
  do {                                           \
    __u32 count_key = (index);                   \
    sr_add(sr_lookup(table, &count_key), bytes); \
  } while (0)

SR_INLINE void sr_stat(__u32 stat, __u32 bytes) { sr_count(stats, stat, bytes); }

/*
 * Inside, a result is a verdict (XDP_*) or a reason to drop, told as SR_DROPPED(reason). Each program ends here, so
 * that there is one place that counts.
 */
#define SR_DROPPED(reason) (-1 - (reason))

SR_INLINE int sr_verdict(int result, __u32 bytes) {
  if (result >= 0) return result;
  sr_count(drops, (__u32)(-1 - result), bytes);
  return XDP_DROP;
}
#endif
