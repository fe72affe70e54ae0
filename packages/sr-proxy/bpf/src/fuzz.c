/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * The native build for libFuzzer. An input is a row of frames; the tables have everything in them. The first byte
 * says what is looked for:
 *   raw: any bytes as frames, from any interface: no access out of bounds, nothing undefined.
 *   chains: well-formed stacks of which each belongs to one VNF and ends in that VNF's own label, any bytes below;
 *   and packets from VNFs. What leaves with labels must end in the label of the VNF that it came from.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "plain.c"

#define VNFS 4
#define NETWORK_PORT 100
#define VNF_PORT(vnf) (200 + (vnf))
#define VNF_LABEL(vnf) (1000 + (vnf))
#define CHAIN_LABEL(vnf) (800000 + (vnf))
#define NEXT_LABEL 2000

static void set_label(__u32 value, __u8 action, __u8 flags, __u32 target, __u32 argument) {
  struct sr_label_key key = {.label = value, .generation = 1};
  struct sr_label label = {.action = action, .flags = flags, .counter = value & 1023, .target = target,
                           .argument = argument, .reverse_stack = 1 + (value & (VNFS - 1))};
  sr_update(labels, &key, &label);
}

static void set_vnf(__u32 vnf) {
  __u32 id = vnf + 1, slot = vnf + 2, ifindex = VNF_PORT(vnf);
  struct sr_vnf value = {.l2 = {.tx = slot, .mtu = 1500, .vlan = vnf == 2 ? 7 : 0}, .kind = SR_VNF_PORT, .scope = id,
                         .flags = vnf == 3 ? SR_VNF_BY_INTERFACE : 0};
  sr_update(vnfs, &id, &value);
  sr_update(tx, &slot, &ifindex);
  struct sr_port_key key = {.ifindex = ifindex, .vlan = vnf == 2 ? 7 : 0, .generation = 1};
  struct sr_port port = {.vnf = id, .scope = id, .sent_scope = id,
                         .mode = vnf == 3 ? SR_RETURN_INTERFACE : SR_RETURN_SESSION};
  sr_update(ports, &key, &port);
  struct sr_stack stack = {.count = 2, .entries = {NEXT_LABEL << 12, CHAIN_LABEL(vnf) << 12}};
  sr_update(stacks, &id, &stack);
  set_label(VNF_LABEL(vnf), SR_LABEL_DYNAMIC, vnf & 1, id, 0);
}

static void set_services(void) {
  static const __u8 actions[] = {SR_SERVICE_FORWARD, SR_SERVICE_DEMUX, SR_SERVICE_DELAY, SR_SERVICE_DROP};
  for (__u32 id = 1; id <= 4; id++) {
    struct sr_service_name name = {.depth = id, .components = {1, 2, 3, id}};
    sr_update(service_names, &id, &name);
    struct sr_service_key key = {.generation = 1, .depth = id, .components = {1, 2 * (id > 1), 3 * (id > 2), 4 * (id > 3)}};
    struct sr_service service = {.action = actions[id - 1], .target = 1, .first_slot = 0, .slots = 2};
    sr_update(services, &key, &service);
    set_label(1100 + id, SR_LABEL_SERVICE, 0, id, 0);
  }
  for (__u32 slot = 0; slot < 2; slot++) {
    __u32 id = slot + 1;
    struct sr_instance instance = {.state = SR_INSTANCE_ACTIVE, .vnf = slot ? 0 : 2, .nexthop = 1, .stack = 1, .reverse_stack = 1};
    sr_update(service_slots, &slot, &id);
    sr_update(instances, &id, &instance);
  }
}

static void set_tables(void) {
  __u32 zero = 0, one = 1, network = NETWORK_PORT;
  struct sr_config settings = {.abi = SR_ABI_VERSION, .generation = 1, .icmp_per_second = 1000, .line_mask = 15};
  sr_update(config, &zero, &settings);
  struct sr_nexthop nexthop = {.l2 = {.tx = 1, .mtu = 1500}};
  sr_update(nexthops, &one, &nexthop);
  sr_update(tx, &one, &network);
  for (__u32 vnf = 0; vnf < VNFS; vnf++) set_vnf(vnf);
  set_label(NEXT_LABEL, SR_LABEL_FORWARD, 0, 1, SR_KEEP_LABEL);
  set_label(2001, SR_LABEL_FORWARD, SR_LABEL_UNIFORM, 1, SR_POP_LABEL);
  set_label(2002, SR_LABEL_POP, SR_LABEL_UNIFORM, 0, 0);
  set_label(2003, SR_LABEL_PROGRAM, 0, SR_PROG_FIREWALL, 1);
  set_label(2004, SR_LABEL_PROGRAM, 0, SR_PROG_MIRROR, 1);
  set_label(2005, SR_LABEL_DROP, 0, 0, 0);
  set_label(2006, SR_LABEL_PROGRAM, 0, 31, 0);
  set_services();
  struct sr_firewall_set set = {.first = 0, .count = 2, .policy = SR_FIREWALL_ACCEPT};
  sr_update(firewall_sets, &one, &set);
  struct sr_firewall_rule rule = {.dport_last = 1023, .flags = SR_RULE_PORTS, .action = SR_FIREWALL_DROP};
  sr_update(firewall_rules, &one, &rule);
  struct sr_l2 l2 = {.vlan = 3};
  sr_update(mirror_l2, &one, &l2);
}

/* Exactly as long as the frame: a byte too far is an error that the sanitizer sees. */
static int run_frame(int from_vnf, __u32 ifindex, const __u8 *bytes, __u32 length, sr_ctx *out, __u8 **memory) {
  *memory = malloc(HEADROOM + length);
  memcpy(*memory + HEADROOM, bytes, length);
  *out = (sr_ctx){.data = *memory + HEADROOM, .end = *memory + HEADROOM + length, .low = *memory,
                  .high = *memory + HEADROOM + length, .ifindex = ifindex};
  return sr_run(from_vnf, out);
}

static void expect(int truth, const char *what) {
  if (truth) return;
  fprintf(stderr, "%s\n", what);
  abort();
}

/* The bottom label of a frame; -1: it has none. */
static int bottom_label(const sr_ctx *frame) {
  const __u8 *at = frame->data + 12;
  while (at + 2 <= frame->end && at[0] == 0x81) at += 4;
  if (at + 2 > frame->end || at[0] != 0x88 || at[1] != 0x47) return -1;
  for (at += 2; at + 4 <= frame->end; at += 4) {
    if (at[2] & 1) return at[0] << 12 | at[1] << 4 | at[2] >> 4;
  }
  return -1;
}

static void one_frame(int chains, __u8 kind, const __u8 *payload, __u32 length) {
  static __u8 built[2048];
  __u32 vnf = kind & (VNFS - 1), at = 14;
  int from_vnf = (kind >> 2) & 1;
  sr_ctx frame;
  __u8 *memory;
  if (!chains) {
    __u32 ifindex = from_vnf ? VNF_PORT(vnf) : NETWORK_PORT;
    int verdict = run_frame(from_vnf, ifindex, payload, length, &frame, &memory);
    expect(verdict > XDP_ABORTED && verdict <= XDP_REDIRECT, "a verdict that is none");
    free(memory);
    return;
  }
  if (length > 1500) length = 1500;
  memset(built, 2, 12);
  if (from_vnf) {
    if (vnf == 2) {
      memcpy(built + 12, "\x81\x00\x00\x07", 4);
      at = 18;
    }
    memcpy(built + at - 2, length && payload[0] >> 4 == 6 ? "\x86\xdd" : "\x08\x00", 2);
  } else {
    const __u32 entries[] = {VNF_LABEL(vnf) << 12 | 0x40, NEXT_LABEL << 12 | 0x40, CHAIN_LABEL(vnf) << 12 | 0x140};
    memcpy(built + 12, "\x88\x47", 2);
    for (int i = 0; i < 3; i++, at += 4) SR_STORE32(built + at, sr_swap32(entries[i]));
  }
  memcpy(built + at, payload, length);
  int verdict = run_frame(from_vnf, from_vnf ? VNF_PORT(vnf) : NETWORK_PORT, built, at + length, &frame, &memory);
  expect(verdict > XDP_ABORTED && verdict <= XDP_REDIRECT, "a verdict that is none");
  if (verdict == XDP_REDIRECT) {
    int label = bottom_label(&frame);
    if (from_vnf) expect(label == (int)CHAIN_LABEL(vnf), "left with the labels of another chain");
    else expect(label == -1 && frame.tx == VNF_PORT(vnf), "labels reached a VNF");
  }
  free(memory);
}

int LLVMFuzzerTestOneInput(const __u8 *bytes, unsigned long size) {
  static int ready;
  if (!ready) {
    sr_start();
    for (unsigned i = 0; i < TABLES; i++) {
      if (tables[i]->kind == SR_TABLE_LRU) tables[i]->limit = 64;
    }
    set_tables();
    ready = 1;
  }
  sr_table_clear(&sessions4);
  sr_table_clear(&sessions6);
  sr_table_clear(&session_lines4);
  sr_table_clear(&fragments);
  sr_table_clear(&interface_stacks);
  if (!size) return 0;
  int chains = bytes[0] & 1;
  for (unsigned long at = 1; at + 3 <= size;) {
    __u32 length = (__u32)bytes[at + 1] | (__u32)(bytes[at + 2] & 7) << 8;
    __u8 kind = bytes[at];
    at += 3;
    if (length > size - at) length = (__u32)(size - at);
    sr_held_pending = 0;
    one_frame(chains, kind, bytes + at, length);
    at += length;
  }
  return 0;
}
