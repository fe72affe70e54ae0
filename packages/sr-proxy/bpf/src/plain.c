/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/* The data plane as a library: WebAssembly exports, and functions for the native build. */
#include "programs.h"
#include "plain.h"

#define HEADROOM 256
#define LONGEST 65536
#define CAPPED 65536 /* entries of a table at most, unless the host asks for more */

__u64 sr_clock;
struct sr_event sr_held;
__u32 sr_held_pending;
static __u8 buffer[HEADROOM + LONGEST];
static sr_ctx frame;

#undef SR_TABLE
#define SR_TABLE(name, kind, max, key_type, value_type) &name,
static struct sr_table *const tables[] = {
#include "table-list.h"
    &tx,
};
#define TABLES (sizeof(tables) / sizeof(tables[0]))

int sr_call(sr_ctx *ctx, __u32 slot) {
  switch (slot) {
    case SR_PROG_CONTINUE: return sr_continue(ctx);
    case SR_PROG_SERVICE: return sr_service(ctx);
    case SR_PROG_TOO_BIG: return sr_too_big(ctx);
    case SR_PROG_FIREWALL: return sr_firewall(ctx);
    case SR_PROG_MIRROR: return sr_mirror(ctx);
    case SR_PROG_ANSWER: return sr_answers(ctx);
    case SR_PROG_VNF: return sr_vnf(ctx);
    default: return SR_NO_PROGRAM;
  }
}

int sr_run(int from_vnf, sr_ctx *ctx) { return from_vnf ? sr_return(ctx) : sr_network(ctx); }

SR_EXPORT(start) void sr_start(void) {
  for (unsigned i = 0; i < TABLES; i++) {
    if (tables[i]->limit > CAPPED) tables[i]->limit = CAPPED;
  }
}

SR_EXPORT(tableCount) __u32 sr_table_count(void) { return TABLES; }
SR_EXPORT(tableTitle) const char *sr_table_title(__u32 index) { return index < TABLES ? tables[index]->title : 0; }
SR_EXPORT(keySize) __u32 sr_key_size(__u32 index) { return index < TABLES ? tables[index]->key_size : 0; }
SR_EXPORT(valueSize) __u32 sr_value_size(__u32 index) { return index < TABLES ? tables[index]->value_size : 0; }
SR_EXPORT(entryLimit) __u32 sr_entry_limit(__u32 index) { return index < TABLES ? tables[index]->limit : 0; }

/* Before the first use of a table. */
SR_EXPORT(setLimit) int sr_set_limit(__u32 index, __u32 limit) {
  if (index >= TABLES || tables[index]->memory || !limit) return -1;
  tables[index]->limit = limit;
  return 0;
}

SR_EXPORT(update) int sr_host_update(__u32 index, const void *key, const void *value) {
  return index < TABLES ? sr_table_update(tables[index], key, value) : -1;
}
SR_EXPORT(lookup) void *sr_host_lookup(__u32 index, const void *key) {
  return index < TABLES ? sr_table_lookup(tables[index], key) : 0;
}
SR_EXPORT(remove) int sr_host_delete(__u32 index, const void *key) {
  return index < TABLES ? sr_table_delete(tables[index], key) : -1;
}

/* The value at a place; lastKey then tells its key. */
static void *last_key;
SR_EXPORT(valueAt) void *sr_value_at(__u32 index, __u32 place) {
  return index < TABLES ? sr_table_at(tables[index], place, &last_key) : 0;
}
SR_EXPORT(lastKey) void *sr_last_key(void) { return last_key; }

SR_EXPORT(clear) void sr_clear(void) {
  for (unsigned i = 0; i < TABLES; i++) sr_table_clear(tables[i]);
  sr_held_pending = 0;
}

SR_EXPORT(room) __u8 *sr_room(void) { return buffer + HEADROOM; }
SR_EXPORT(roomSize) __u32 sr_room_size(void) { return LONGEST; }
SR_EXPORT(setClock) void sr_set_clock(double nanoseconds) { sr_clock = (__u64)nanoseconds; }

/* The frame lies in `room`. Returns an XDP verdict; then data, length, tx, mirror tell the rest. */
SR_EXPORT(run) int sr_host_run(int from_vnf, __u32 length, __u32 ifindex) {
  if (length > LONGEST) return XDP_ABORTED;
  frame.low = buffer;
  frame.data = buffer + HEADROOM;
  frame.end = frame.data + length;
  frame.high = buffer + sizeof(buffer);
  frame.ifindex = ifindex;
  frame.tx = frame.mirror = 0;
  return sr_run(from_vnf, &frame);
}
SR_EXPORT(data) __u8 *sr_frame_data(void) { return frame.data; }
SR_EXPORT(length) __u32 sr_frame_length(void) { return (__u32)(frame.end - frame.data); }
SR_EXPORT(tx) __u32 sr_frame_tx(void) { return frame.tx; }
SR_EXPORT(mirror) __u32 sr_frame_mirror(void) { return frame.mirror; }

/* The held frame, once; null: none. */
SR_EXPORT(takeHeld) struct sr_event *sr_take_held(void) {
  if (!sr_held_pending) return 0;
  sr_held_pending = 0;
  return &sr_held;
}
