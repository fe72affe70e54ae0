/* SPDX-License-Identifier: (GPL-2.0-only OR BSD-2-Clause) */
#ifndef SR_BYTES_H
#define SR_BYTES_H
/* Integers in frames: any alignment. In eBPF plain loads, since x86 and arm64 load unaligned words at full speed. */
#if defined(__bpf__)
#define SR_LOAD16(at) (*(const __u16 *)(at))
#define SR_LOAD32(at) (*(const __u32 *)(at))
#define SR_STORE16(at, value) (*(__u16 *)(at) = (value))
#define SR_STORE32(at, value) (*(__u32 *)(at) = (value))
#else
SR_INLINE __u16 SR_LOAD16(const void *at) { __u16 value; __builtin_memcpy(&value, at, 2); return value; }
SR_INLINE __u32 SR_LOAD32(const void *at) { __u32 value; __builtin_memcpy(&value, at, 4); return value; }
SR_INLINE void SR_STORE16(void *at, __u16 value) { __builtin_memcpy(at, &value, 2); }
SR_INLINE void SR_STORE32(void *at, __u32 value) { __builtin_memcpy(at, &value, 4); }
#endif

#define sr_swap16(value) __builtin_bswap16(value)
#define sr_swap32(value) __builtin_bswap32(value)

/* A constant as it stands in a frame. */
#define SR_WIRE16(value) ((__u16)((((value) & 0xff) << 8) | (((value) >> 8) & 0xff)))

/* RFC 1071: a sum of 16-bit words, folded. */
SR_INLINE __u16 sr_fold(__u64 sum) {
  sum = (sum & 0xffffffff) + (sum >> 32);
  sum = (sum & 0xffff) + (sum >> 16);
  sum = (sum & 0xffff) + (sum >> 16);
  sum = (sum & 0xffff) + (sum >> 16);
  return (__u16)sum;
}

/* RFC 1624 §3, eqn. 3: the checksum after one 16-bit word was replaced. */
SR_INLINE __u16 sr_checksum_replace(__u16 checksum, __u16 before, __u16 after) {
  return (__u16)~sr_fold((__u64)(__u16)~checksum + (__u16)~before + after);
}
#endif
