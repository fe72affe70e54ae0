/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef SR_EFFECTS_BPF_H
#define SR_EFFECTS_BPF_H
/* What needs the maps that only eBPF has. Included after maps.h. */

/* The frame as an event to the controller; not 0: the ring is full. length: 1 to SR_HELD_BYTES. */
SR_INLINE int sr_event_held(sr_ctx *ctx, __u32 service, __u32 length) {
  struct sr_event *event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);
  if (!event) return -1;
  event->type = SR_EVENT_HELD;
  event->service = service;
  event->ifindex = ctx->ingress_ifindex;
  event->length = length;
  if (length > SR_HELD_BYTES || bpf_xdp_load_bytes(ctx, 0, event->frame, length)) {
    bpf_ringbuf_discard(event, 0);
    return -1;
  }
  bpf_ringbuf_submit(event, 0);
  return 0;
}

SR_INLINE int sr_redirect(sr_ctx *ctx, __u32 slot) { return (int)bpf_redirect_map(&tx, slot, XDP_DROP); }

/* To all devices of a mirror. */
SR_INLINE int sr_broadcast(sr_ctx *ctx, __u32 mirror) {
  void *devices = bpf_map_lookup_elem(&mirrors, &mirror);
  if (!devices) return XDP_DROP;
  return (int)bpf_redirect_map(devices, 0, BPF_F_BROADCAST);
}

/* The entry of the table that was there before, where it stands; null: none. */
#define sr_find_before(before, key)                 \
  ({                                                \
    __u32 slot = 0;                                 \
    void *moved = bpf_map_lookup_elem(&before, &slot); \
    moved ? bpf_map_lookup_elem(moved, key) : 0;    \
  })

/* The same in `table` now. Another CPU may have been faster. */
#define sr_brought_over(before, table, key)                           \
  ({                                                                  \
    void *value = sr_find_before(before, key);                        \
    if (value) bpf_map_update_elem(&table, key, value, BPF_NOEXIST);  \
    value ? sr_lookup(table, key) : 0;                                \
  })

#endif
