/** `10.254.0.0/16` as its first address and length; undefined when it is no IPv4 prefix. */
export function parseIpv4Prefix(text: string): { readonly base: number; readonly length: number } | undefined {
  const [address = '', length = ''] = text.split('/')
  const base = parseIpv4(address)
  const bits = Number(length)
  if (base === undefined || !/^\d{1,2}$/.test(length) || bits > 32) return undefined
  return { base, length: bits }
}

export function parseIpv4(text: string): number | undefined {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)) return undefined
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0)
}

export function formatIpv4(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.')
}
