/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef SR_WORK_H
#define SR_WORK_H
/* What is known of the frame at hand. One per CPU; survives tail calls, not frames. */
struct sr_tuple {
  union {
    struct sr_key4 v4;
    struct sr_key6 v6;
  };
};

/* What was looked up last: most packets in a row have the same label and port. */
#define SR_RECENT_LABELS 8
struct sr_recent_label {
  struct sr_label_key key;
  struct sr_label value;
};

struct sr_recent_port {
  struct sr_port_key key;
  struct sr_port value;
};

struct sr_work {
  struct sr_place place;           /* of a line: copied here, then looked at; built here, then written */
  struct sr_line_stack line_stack; /* the same */
  __u32 stack[SR_MAX_LABELS]; /* wire; what is still to be done begins at `top` */
  __u32 count;                /* entries in stack */
  __u32 top;
  __u32 inner;                /* offset of the IP packet in the frame */
  __u32 l2;                   /* bytes of Ethernet header and tags, as the frame came in */
  __u32 length;               /* of the frame as it came in */
  __u32 argument;             /* for the program that is called by tail call */
  __u32 target;
  __u32 label;                /* the label that led there */
  __u32 reverse_stack;
  __u32 mtu;                  /* for sr_too_big: what fits, in bytes of IP packet */
  __u32 line_mask;            /* of sr_config */
  __u32 instance;             /* for sr_vnf: the instance that was chosen */
  __u16 scope;
  __u16 sent_scope;
  __u8 flags;                 /* SR_LABEL_UNIFORM, of the label that led there */
  __u8 from_vnf;
  __u8 decremented;           /* the top entry's TTL counts this node already */
  __u8 parsed;                /* the fields below are filled in */
  __u8 family;                /* 4 or 6 */
  __u8 protocol;              /* after the extension headers */
  __u8 has_ports;
  __u8 port_mode;
  __u8 port_flags;
  __u8 reserved[3];
  struct sr_tuple tuple;
  struct sr_session session;  /* built here, then copied into a table */
  __u64 icmp_second;          /* rate limit of Packet Too Big; survives frames */
  __u32 icmp_sent;
  struct sr_recent_port recent_port;               /* survive frames */
  struct sr_recent_label recent[SR_RECENT_LABELS]; /* by the low bits of the label */
};
#endif
