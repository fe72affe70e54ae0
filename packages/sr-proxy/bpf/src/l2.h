/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef SR_L2_H
#define SR_L2_H
/* Ethernet (IEEE 802.3) with up to two VLAN tags (802.1Q, 802.1ad). */
#define SR_ETHERNET 14
#define SR_TYPE_IPV4 SR_WIRE16(0x0800)
#define SR_TYPE_IPV6 SR_WIRE16(0x86dd)
#define SR_TYPE_MPLS SR_WIRE16(0x8847)
#define SR_TYPE_MPLS_UPSTREAM SR_WIRE16(0x8848)
#define SR_TYPE_VLAN SR_WIRE16(0x8100)
#define SR_TYPE_SERVICE_VLAN SR_WIRE16(0x88a8)

struct sr_ethernet {
  __u16 type; /* wire, after the tags */
  __u16 vlan; /* id of the outer tag, 0 without one */
};

SR_INLINE int sr_is_vlan(__u16 type) { return type == SR_TYPE_VLAN || type == SR_TYPE_SERVICE_VLAN; }

/* Fills in work->l2. */
SR_INLINE int sr_read_ethernet(sr_ctx *ctx, struct sr_work *work, struct sr_ethernet *header) {
  __u8 *at = SR_DATA(ctx), *end = SR_END(ctx);
  if (at + SR_ETHERNET > end) return SR_DROPPED(SR_DROP_MALFORMED);
  header->type = SR_LOAD16(at + 12);
  header->vlan = 0;
  work->l2 = SR_ETHERNET;
  if (!sr_is_vlan(header->type)) return 0;
  if (at + SR_ETHERNET + 4 > end) return SR_DROPPED(SR_DROP_MALFORMED);
  header->vlan = sr_swap16(SR_LOAD16(at + 14)) & 0xfff;
  header->type = SR_LOAD16(at + 16);
  work->l2 = SR_ETHERNET + 4;
  if (!sr_is_vlan(header->type)) return 0;
  if (at + SR_ETHERNET + 8 > end) return SR_DROPPED(SR_DROP_MALFORMED);
  header->type = SR_LOAD16(at + 20);
  work->l2 = SR_ETHERNET + 8;
  return 0;
}
#endif
