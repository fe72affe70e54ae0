/** Echo requests of one probe as they were seen: which router, which way, with which labels. */
export interface Sighting {
  readonly router: string
  readonly interface: string
  readonly direction: 'In' | 'Out'
  /** Top first. */
  readonly labels: readonly number[]
}

export interface ProbeResult {
  readonly stack: readonly number[]
  readonly answered: number
  readonly sent: number
  readonly sightings: readonly Sighting[]
}

export function readProbe(text: string): ProbeResult {
  const stack = /^stack (\S+)$/m.exec(text)?.[1]?.split('/').map(Number) ?? []
  const [, answered = '0', sent = '0'] = /^answered (\d+) of (\d+)$/m.exec(text) ?? []
  const sightings = [...text.matchAll(/^(r\d+) (\S+) +(In|Out)\b(.*)$/gm)].map(
    ([, router = '', device = '', direction = '', rest = '']): Sighting => ({
      router,
      interface: device,
      direction: direction === 'In' ? 'In' : 'Out',
      labels: [...rest.matchAll(/label (\d+)/g)].map((match) => Number(match[1])),
    }),
  )
  return { stack, answered: Number(answered), sent: Number(sent), sightings }
}
