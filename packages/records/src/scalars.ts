import Type from 'typebox'

/** An unsigned 64-bit number as a decimal string: JSON numbers are exact only to 2^53. */
export const U64 = Type.String({ pattern: '^(0|[1-9][0-9]{0,19})$' })

export const U32 = Type.Integer({ minimum: 0, maximum: 0xffff_ffff })
export const U16 = Type.Integer({ minimum: 0, maximum: 0xffff })
export const U8 = Type.Integer({ minimum: 0, maximum: 0xff })

/** A delay in microseconds, 24 bits (RFC 8570 §4.1). */
export const DelayUs = Type.Integer({ minimum: 0, maximum: 0xff_ffff })

/** An MPLS label, 20 bits (RFC 3032 §2.1). */
export const Label = Type.Integer({ minimum: 0, maximum: 0xf_ffff })

/** 0 SPF, 1 strict SPF, 128-255 Flex-Algo (RFC 8665 §3.1, RFC 9350 §4). */
export const Algorithm = U8

/** Bytes as lower-case hexadecimal. */
export const Hex = Type.String({ pattern: '^([0-9a-f]{2})*$' })

/** An IPv4 or IPv6 address in its canonical text form (RFC 5952 for IPv6). */
export const IpAddress = Type.String({ minLength: 2, maxLength: 45, pattern: '^[0-9a-f:.]+$' })

/** An IPv4 or IPv6 prefix, `10.0.0.0/8`, host bits zero. */
export const IpPrefix = Type.String({ minLength: 4, maxLength: 49, pattern: '^[0-9a-f:.]+/[0-9]{1,3}$' })

export const Id = Type.String({ minLength: 1, maxLength: 1024 })
export const Name = Type.String({ minLength: 1, maxLength: 255 })
/** RFC 3339, always UTC. */
export const Timestamp = Type.String({
  pattern: '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?Z$',
})
/** `sha256:` and 64 hexadecimal digits. */
export const Digest = Type.String({ pattern: '^sha256:[0-9a-f]{64}$' })
