/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
/*
 * The contract between the data plane and whoever fills its tables (the daemon, replay, tests).
 *
 * Byte order: integers are in the machine's order (little-endian everywhere we run), except what is marked
 * "wire": that is in network byte order, as it stands in a packet. No structure has implicit padding;
 * a `reserved` field is written as 0.
 *
 * Atomicity: `labels`, `ports` and `services` have the generation in their keys. To change several entries at
 * once: write all entries of generation N+1, then `config.generation = N+1` (one aligned u32 store), then delete
 * generation N. Entries of the active generation must not change or go, and the number of a generation must not come
 * again: each CPU remembers what it looked up last. A packet reads the generation once. Everything else is found by an
 * id from those entries: ids of `vnfs`, `nexthops`, `stacks`, `service_names`, `service_slots`, `instances`,
 * `firewall_*` must not get another meaning while an old generation or a session may name them. Id 0 means "none" in
 * all of them. A single entry may also be changed in place (`instances[i].state`, `vnfs[i].l2`): each field is then
 * old or new by itself.
 */
#ifndef SR_TABLES_H
#define SR_TABLES_H

#include "types.h"

#define SR_ABI_VERSION 1

#define SR_MAX_LABELS 16  /* entries of a label stack */
#define SR_MAX_DEPTH 8    /* components of a ServiceID */
#define SR_HELD_BYTES 2048 /* longest frame that DELAY can hold */

/* ---- config: ARRAY[1], key u32 0 ------------------------------------------------------------------------- */
#define SR_CONFIG_PASS_UNKNOWN 1u /* network side: an unknown top label goes to the kernel; else dropped */

struct sr_config {
  __u32 abi;             /* SR_ABI_VERSION; with any other value every frame is passed to the kernel */
  __u32 generation;      /* the active one */
  __u32 flags;           /* SR_CONFIG_* */
  __u32 default_nexthop; /* id: where a label that is in no table goes, unchanged but for its TTL; 0: nowhere */
  __u32 end_nexthop;     /* id: where the IP packet goes when its stack is used up; 0: the kernel routes it */
  __u32 icmp_per_second; /* Packet Too Big sent per CPU and second at most; 0: none, the drop is only counted */
  __u8 icmp_source4[4];  /* wire; all 0: the address that could not be reached */
  __u8 icmp_source6[16]; /* wire; all 0: the same */
  __u32 line_mask;       /* lines of session_lines4 that are used, a power of two, less 1; 0: none */
};

/* ---- labels: HASH ---------------------------------------------------------------------------------------- */
struct sr_label_key {
  __u32 label; /* 0 to 1,048,575 */
  __u32 generation;
};

#define SR_LABEL_DYNAMIC 1  /* End.AD: target = vnf; the rest of the stack is kept for the session */
#define SR_LABEL_STATIC 2   /* End.AS: target = vnf; the rest is dropped, the return port's `stack` replaces it */
#define SR_LABEL_SERVICE 3  /* target = service_names id */
#define SR_LABEL_PROGRAM 4  /* an SR-aware VNF: target = slot in `programs`, argument = its argument */
#define SR_LABEL_FORWARD 5  /* target = nexthop; argument = outgoing label, SR_KEEP_LABEL or SR_POP_LABEL */
#define SR_LABEL_POP 6      /* our own node-SID: pop, go on with the next label */
#define SR_LABEL_DROP 7

#define SR_KEEP_LABEL 0xffffffffu
#define SR_POP_LABEL 0xfffffffeu /* penultimate hop popping; a stack that gets empty leaves as IP */

#define SR_LABEL_UNIFORM 1 /* RFC 3443 uniform model for TTL and TC; clear: pipe */

struct sr_label {
  __u8 action; /* SR_LABEL_DYNAMIC ... */
  __u8 flags;  /* SR_LABEL_UNIFORM */
  __u16 reserved;
  __u32 counter;       /* index into label_counters */
  __u32 target;
  __u32 argument;
  __u32 reverse_stack; /* stacks id: for what the VNF answers itself (resets, ICMP); 0: such packets end as IP */
  __u32 reserved2;
};

/* ---- nexthops, vnfs: ARRAY, key u32 id ------------------------------------------------------------------- */
struct sr_l2 {
  __u32 tx;     /* slot in `tx` (DEVMAP) */
  __u16 mtu;    /* longest frame without its Ethernet header and VLAN tag, labels counted, in bytes; 0: any */
  __u16 vlan;   /* TCI of an 802.1Q tag to push; 0: untagged */
  __u8 dst[6];
  __u8 src[6];
  __u32 reserved;
};

struct sr_nexthop {
  struct sr_l2 l2;
};

#define SR_VNF_PORT 1 /* behind an interface: l2 */
#define SR_VNF_HOST 2 /* a socket of this host: the inner packet goes to the kernel */

struct sr_vnf {
  struct sr_l2 l2;
  __u8 kind;     /* SR_VNF_PORT ...; 0: no such VNF, packets are dropped */
  __u8 reserved;
  __u16 scope;   /* 1 to 65,535: `ports.scope` of the port where its packets come back */
  __u32 flags;   /* SR_VNF_BY_INTERFACE */
};
#define SR_VNF_BY_INTERFACE 1u /* keep the stack for `scope` too: the VNF rewrites addresses */

/* ---- ports: HASH. Interfaces with a VNF behind them; the program there is sr_return ----------------------- */
struct sr_port_key {
  __u32 ifindex;
  __u16 vlan; /* VLAN id of the outer tag; 0: untagged */
  __u16 reserved;
  __u32 generation;
};

#define SR_RETURN_SESSION 1   /* End.AD: the session tells the stack */
#define SR_RETURN_INTERFACE 2 /* End.AD behind a NAT: the session, else the stack of this port's one chain */
#define SR_RETURN_STATIC 3    /* End.AS: `stack` */

#define SR_PORT_PASS_OTHERS 1 /* what has no session goes to the kernel (the VNF's own traffic); else dropped */

struct sr_port {
  __u32 vnf;         /* vnfs id, for counters */
  __u16 scope;       /* sessions that come back here; only one chain may use it with SR_RETURN_INTERFACE */
  __u16 sent_scope;  /* scope of the sessions whose packets are sent out of this port (= scope if one-armed) */
  __u8 mode;         /* SR_RETURN_* */
  __u8 flags;        /* SR_PORT_PASS_OTHERS */
  __u16 mtu_in;      /* reserved: 0 */
  __u32 stack;       /* stacks id, SR_RETURN_STATIC; 0: the packet ends as IP */
};

/* ---- stacks: ARRAY, key u32 id ----------------------------------------------------------------------------- */
struct sr_stack {
  __u32 count;                  /* 0 to SR_MAX_LABELS */
  __u32 entries[SR_MAX_LABELS]; /* top first: label << 12 | TC << 9 | TTL; the S bit is set by us. TTL 0: from the IP header */
};

/* ---- sessions4, sessions6: LRU_HASH; interface_stacks: HASH, key u32 scope, value struct sr_session -------- */
#define SR_KIND_FLOW 0    /* TCP, UDP, SCTP ...: both ports; ICMP echo: the identifier twice; else 0 */
#define SR_KIND_SERVICE 1 /* a session of a service: scope = service_names id; the value tells `instance` only */
#define SR_KIND_FRAGMENT 2 /* a fragment whose first one has not been seen: ports 0 */
#define SR_KIND_ERROR 3   /* an ICMP error: ports of the packet that it quotes */

struct sr_key4 {
  __u8 src[4]; /* wire, inner packet as it went to the VNF */
  __u8 dst[4];
  __u16 sport; /* wire */
  __u16 dport; /* wire */
  __u16 scope; /* of the port where it comes back */
  __u8 protocol;
  __u8 kind; /* SR_KIND_* */
};

struct sr_key6 {
  __u8 src[16];
  __u8 dst[16];
  __u16 sport;
  __u16 dport;
  __u16 scope;
  __u8 protocol;
  __u8 kind;
};

#define SR_SEEN_EVERY 16

struct sr_session {
  __u32 check;         /* a mix of the key: guards against a value that is being reused while it is read */
  __u32 seen;          /* last packet: CLOCK_MONOTONIC (coarse) in ns >> 30 (units of 1.074 s); up to
                        * SR_SEEN_EVERY of them late */
  __u32 label;         /* the label that made it */
  __u32 generation;    /* when the rule was looked up last (services) */
  __u32 reverse_stack; /* stacks id */
  __u32 instance;      /* instances id; 0 unless a service chose the VNF */
  __u8 count;          /* entries in stack; 0: the packet ends as IP */
  __u8 flags;          /* SR_LABEL_UNIFORM */
  __u16 reserved;
  __u32 stack[SR_MAX_LABELS]; /* wire, top first, S bit in the last */
};

/*
 * before4, before6: ARRAY_OF_MAPS[1], key u32 0. While sessions move into tables of another size: the tables where they
 * were. What sessions4 and sessions6 do not have is looked for there; empty at all other times.
 */

/* ---- session_lines4, line_stacks: ARRAYs. Sessions in use, two in one cache line ------------------------------- */
/*
 * What is in sessions4, again, for sessions that have packets now: no call, no chain of pointers, one line of memory.
 * Nothing is lost with it, and nobody locks it: `check` is a sum of all that a session has, here and in line_stacks, so
 * that a place that two CPUs write at once is none. A key has its place in one line (its mix) or in that beside it (the
 * last bit turned); one that is in use stays where it is. What sessions of one chain have in common is in line_stacks
 * once, so that it stays in the cache where a million of sessions do not.
 */
#define SR_LINE_PLACES 2
#define SR_LINE_LABELS 8   /* longer stacks are in sessions4 only */
#define SR_LINE_IDLE 32    /* in units of sr_session.seen: after it another session may have the place */

struct sr_place {
  struct sr_key4 key;
  __u64 check; /* 0: empty */
  __u32 seen;  /* as in struct sr_session */
  __u32 stack; /* index into line_stacks */
};

struct sr_line {
  struct sr_place places[SR_LINE_PLACES];
};

struct sr_line_stack {
  __u32 label;
  __u32 reverse_stack;
  __u32 instance;
  __u8 count;
  __u8 flags;
  __u16 reserved;
  __u32 stack[SR_LINE_LABELS]; /* wire; in the uniform model without TTL and TC in the first */
  __u32 seen; /* when a session was told last that its stack is here */
  __u32 reserved2[3];
};

/* ---- fragments: LRU_HASH. Ports of a fragmented packet, learnt from its first fragment --------------------- */
struct sr_fragment_key {
  __u8 src[16]; /* wire; IPv4: first four octets, rest 0 */
  __u8 dst[16];
  __u32 id; /* wire */
  __u8 protocol; /* IPv6: the next header that the fragment header names */
  __u8 family; /* 4 or 6 */
  __u16 reserved;
};

struct sr_fragment {
  __u16 sport; /* wire */
  __u16 dport;
  __u8 protocol; /* of the transport header */
  __u8 reserved[3];
};

/* ---- service table (after Serval) ------------------------------------------------------------------------- */
/*
 * A ServiceID is a path of up to SR_MAX_DEPTH components: `orange/cg/classify` has three. A component is the
 * 32-bit FNV-1a hash of its UTF-8 bytes (two siblings with one hash are a configuration error).
 * service_names: ARRAY, key u32 id (1 to 65,535).
 */
struct sr_service_name {
  __u32 depth; /* 1 to SR_MAX_DEPTH */
  __u32 components[SR_MAX_DEPTH];
};

/* services: HASH. The entry with the most components wins; depth 0 is the default. */
struct sr_service_key {
  __u32 generation;
  __u32 depth;                    /* 0 to SR_MAX_DEPTH */
  __u32 components[SR_MAX_DEPTH]; /* 0 from depth on */
};

#define SR_SERVICE_FORWARD 1 /* slots → instances */
#define SR_SERVICE_DEMUX 2   /* target = vnf */
#define SR_SERVICE_DELAY 3   /* hold, ask the controller: SR_EVENT_HELD */
#define SR_SERVICE_DROP 4

struct sr_service {
  __u8 action; /* SR_SERVICE_* */
  __u8 flags;  /* SR_LABEL_UNIFORM, for DEMUX and local instances */
  __u16 reserved;
  __u32 counter;    /* index into service_counters */
  __u32 target;     /* DEMUX: vnfs id */
  __u32 first_slot; /* FORWARD: service_slots[first_slot + hash(session) % slots] is the instance */
  __u32 slots;      /* 1 to 4,096; weights are shares of the slots; a draining instance has none */
};

/* service_slots: ARRAY, key u32, value u32 = instances id. */

#define SR_INSTANCE_GONE 0     /* its sessions choose again */
#define SR_INSTANCE_ACTIVE 1
#define SR_INSTANCE_DRAINING 2 /* keeps its sessions; owns no slot */

/* instances: ARRAY, key u32 id. */
struct sr_instance {
  __u8 state; /* SR_INSTANCE_* */
  __u8 reserved[3];
  __u32 vnf;           /* local: vnfs id (End.AD); 0: remote */
  __u32 nexthop;       /* remote: nexthops id */
  __u32 stack;         /* remote: stacks id that replaces the service's label; 0: the rest of the stack alone */
  __u32 reverse_stack; /* local: as in struct sr_label */
};

/* ---- events: RINGBUF --------------------------------------------------------------------------------------- */
#define SR_EVENT_HELD 1

struct sr_event {
  __u32 type;    /* SR_EVENT_* */
  __u32 service; /* service_names id */
  __u32 ifindex; /* where the frame came in: put it back in there (through the program) to release it */
  __u32 length;  /* bytes of the frame, up to SR_HELD_BYTES */
  __u8 frame[SR_HELD_BYTES]; /* as it came in (if from a VNF: with its stack restored, as from the network) */
};

/* ---- programs: PROG_ARRAY, key u32 slot --------------------------------------------------------------------- */
#define SR_PROG_CONTINUE 0 /* sr_continue */
#define SR_PROG_SERVICE 1  /* sr_service */
#define SR_PROG_TOO_BIG 2  /* sr_too_big */
#define SR_PROG_FIREWALL 3 /* sr_firewall; argument = firewall_sets id */
#define SR_PROG_MIRROR 4   /* sr_mirror; argument = mirrors id */
#define SR_PROG_ANSWER 5   /* sr_answers: what came from a VNF and is in no session as it stands */
#define SR_PROG_VNF 6      /* sr_vnf: to the VNF that the service table chose */
#define SR_PROG_USER 16    /* first slot for programs of others, to 31 */

/* ---- sr-firewall: stateless rules on the inner packet; the first that matches decides ----------------------- */
#define SR_FIREWALL_RULES 128 /* rules in a set */
#define SR_FIREWALL_ACCEPT 1
#define SR_FIREWALL_DROP 2

/* firewall_sets: ARRAY, key u32 id. */
struct sr_firewall_set {
  __u32 first;  /* index into firewall_rules */
  __u32 count;  /* 0 to SR_FIREWALL_RULES */
  __u32 policy; /* SR_FIREWALL_*, when no rule matches; 0: no such set, packets are dropped */
};

/* firewall_rules: ARRAY, key u32. A field that may have any value has mask 0, or the range 0-65535. */
#define SR_RULE_PROTOCOL 1 /* protocol counts */
#define SR_RULE_PORTS 2    /* ports count: matches no packet without ports (later fragments, ICMP) */
struct sr_firewall_rule {
  __u8 src[16]; /* wire; IPv4: first four octets */
  __u8 src_mask[16];
  __u8 dst[16];
  __u8 dst_mask[16];
  __u16 sport_first; /* inclusive */
  __u16 sport_last;
  __u16 dport_first;
  __u16 dport_last;
  __u8 family;   /* 4, 6, or 0 for both */
  __u8 protocol; /* IP protocol number */
  __u8 flags;    /* SR_RULE_* */
  __u8 action;   /* SR_FIREWALL_* */
  __u32 counter; /* index into firewall_counters */
};

/*
 * sr-mirror: mirrors is an ARRAY_OF_MAPS of DEVMAPs, key u32 id. The frame (mirror's label popped) goes to all
 * devices of that map: the monitor, and a veth whose other end runs sr_network, where it goes on.
 * mirror_l2: ARRAY, key u32 id, struct sr_l2: the Ethernet header of both copies (tx is not used).
 */

/* ---- counters: PERCPU_ARRAY -------------------------------------------------------------------------------- */
struct sr_counter {
  __u64 packets;
  __u64 bytes; /* of the frame as it came in */
};
/* label_counters, service_counters, instance_counters, firewall_counters: struct sr_counter.
 * drops: struct sr_counter, key = SR_DROP_*. stats: struct sr_counter, key = SR_STAT_*. */

struct sr_vnf_counter { /* vnf_counters, key = vnfs id */
  struct sr_counter to;
  struct sr_counter from;
};

#define SR_DROP_MALFORMED 0      /* a header is cut off or contradicts itself */
#define SR_DROP_STACK_DEPTH 1    /* more than SR_MAX_LABELS, or no bottom of stack */
#define SR_DROP_UNKNOWN_LABEL 2  /* in no table, and no default_nexthop */
#define SR_DROP_TTL 3            /* label or IP TTL used up */
#define SR_DROP_NOT_IP 4         /* a VNF's label over something that is no IPv4 or IPv6 */
#define SR_DROP_NO_VNF 5         /* the entry names a VNF, stack or next hop that is not there */
#define SR_DROP_NO_SESSION 6     /* came from a VNF, belongs to no session of its port */
#define SR_DROP_FORGED 7         /* came from a VNF with labels of its own */
#define SR_DROP_UNKNOWN_PORT 8   /* sr_return runs on an interface that is not in ports */
#define SR_DROP_MTU 9            /* would be longer than the MTU; Packet Too Big is counted in stats */
#define SR_DROP_LABEL 10         /* SR_LABEL_DROP */
#define SR_DROP_SERVICE 11       /* SR_SERVICE_DROP */
#define SR_DROP_NO_SERVICE 12    /* no entry matches, not even a default */
#define SR_DROP_NO_INSTANCE 13   /* FORWARD without a living instance */
#define SR_DROP_HOLD_FULL 14     /* DELAY: the ring is full or the frame too long */
#define SR_DROP_FIREWALL 15      /* sr-firewall */
#define SR_DROP_NO_PROGRAM 16    /* the slot in programs is empty */
#define SR_DROP_RACE 17          /* the session was replaced while it was read */
#define SR_DROP_REDIRECT 18      /* no device in the slot of tx */
#define SR_DROP_NO_ROOM 19       /* no headroom for the labels */
#define SR_DROP_MAX 20

#define SR_STAT_NETWORK 0   /* frames into sr_network */
#define SR_STAT_RETURNED 1  /* frames into sr_return */
#define SR_STAT_PASSED 2    /* given to the kernel: not ours, or the chain ended */
#define SR_STAT_FORWARDED 3 /* sent to a next hop */
#define SR_STAT_TO_VNF 4
#define SR_STAT_LEARNED 5   /* new sessions */
#define SR_STAT_REPLACED 6  /* sessions whose stack changed; a steady rate here: one flow in two chains */
#define SR_STAT_HELD 7      /* DELAY */
#define SR_STAT_TOO_BIG 8   /* ICMP Packet Too Big sent */
#define SR_STAT_MIRRORED 9
#define SR_STAT_ANSWERED 10 /* packets that a VNF made itself, sent back */
#define SR_STAT_MAX 11

/* ---- sizes that the objects are built with; a loader may set others before it creates a map ------------------ */
#define SR_N_LABELS 65536
#define SR_N_LABEL_COUNTERS 16384
#define SR_N_PORTS 4096
#define SR_N_IDS 4096      /* vnfs, nexthops, stacks, instances, service_names, counters of them */
#define SR_N_SESSIONS 1048576 /* each of sessions4 and sessions6 */
#define SR_N_LINES 1048576 /* of session_lines4, a power of two: 64 MB; as many as sessions4 has entries, or more */
#define SR_N_LINE_STACKS 4096 /* a power of two: 256 kB */
#define SR_N_FRAGMENTS 16384
#define SR_N_SERVICES 8192
#define SR_N_SLOTS 65536
#define SR_N_TX 256
#define SR_N_RULES 4096
#define SR_N_SETS 256
#define SR_N_MIRRORS 64
#define SR_EVENT_RING 4194304 /* bytes */

/*
 * Programs (ELF symbols = names): sr_network on interfaces towards the network, sr_return on interfaces with a VNF
 * behind them (both attach), and for `programs`: sr_continue, sr_service,
 * sr_too_big, sr_firewall, sr_mirror, sr_answers, sr_vnf.
 */
#endif
