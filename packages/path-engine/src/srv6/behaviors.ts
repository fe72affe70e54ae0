/** What an SRv6 SID does, of the IANA registry "SRv6 Endpoint Behaviors". */
export interface Behavior {
  /** 0 where none is assigned: the proxies of draft-ietf-spring-sr-service-programming. */
  readonly code: number
  /** As the registry writes it: `End with PSP & USD`. */
  readonly name: string
  /** Without its flavours: `End`, `End.X`, `End.DT46`. */
  readonly base: string
  /** RFC 8986 §4.16: the SRH is popped by the last but one, by the last; the outer header is taken off. */
  readonly psp: boolean
  readonly usp: boolean
  readonly usd: boolean
  /** RFC 9800 §4: how the SID takes part in a compressed list. */
  readonly csid?: 'next' | 'replace'
}

type Flavors = readonly ('psp' | 'usp' | 'usd')[]

/** RFC 8986 §4.16: the eight combinations in the order in which the registry has them. */
const FOUR: readonly Flavors[] = [[], ['psp'], ['usp'], ['psp', 'usp']]
const DECAPSULATING: readonly Flavors[] = [['usd'], ['psp', 'usd'], ['usp', 'usd'], ['psp', 'usp', 'usd']]
const EIGHT: readonly Flavors[] = [...FOUR, ...DECAPSULATING]

function nameOf(base: string, flavors: Flavors, csid: 'next' | 'replace' | undefined): string {
  const words = [
    ...(csid === undefined ? [] : [csid === 'next' ? 'NEXT-CSID' : 'REPLACE-CSID']),
    ...flavors.map((flavor) => flavor.toUpperCase()),
  ]
  const last = words.pop()
  if (last === undefined) return base
  return `${base} with ${words.length === 0 ? last : `${words.join(', ')} & ${last}`}`
}

function row(code: number, base: string, flavors: Flavors = [], csid?: 'next' | 'replace'): Behavior {
  return {
    code,
    name: nameOf(base, flavors, csid),
    base,
    psp: flavors.includes('psp'),
    usp: flavors.includes('usp'),
    usd: flavors.includes('usd'),
    ...(csid === undefined ? {} : { csid }),
  }
}

function series(first: number, base: string, flavors: readonly Flavors[], csid?: 'next' | 'replace'): Behavior[] {
  return flavors.map((set, i) => row(first + i, base, set, csid))
}

function plain(first: number, bases: readonly string[], csid?: 'next' | 'replace'): Behavior[] {
  return bases.map((base, i) => row(first + i, base, [], csid))
}

const TABLES = ['End.DX6', 'End.DX4', 'End.DT6', 'End.DT4', 'End.DT46', 'End.DX2', 'End.DX2V', 'End.DT2U', 'End.DT2M']

/** RFC 8986 §10.2.2 and RFC 9800 §4. */
const registry: readonly Behavior[] = [
  ...series(1, 'End', FOUR),
  ...series(5, 'End.X', FOUR),
  ...series(9, 'End.T', FOUR),
  row(14, 'End.B6.Encaps'),
  row(15, 'End.BM'),
  ...plain(16, TABLES),
  row(27, 'End.B6.Encaps.Red'),
  ...series(28, 'End', DECAPSULATING),
  ...series(32, 'End.X', DECAPSULATING),
  ...series(36, 'End.T', DECAPSULATING),
  ...series(43, 'End', EIGHT, 'next'),
  ...series(52, 'End.X', EIGHT, 'next'),
  ...plain(60, TABLES, 'next'),
  ...series(101, 'End', FOUR, 'replace'),
  ...series(105, 'End.X', FOUR, 'replace'),
  ...series(109, 'End.T', FOUR, 'replace'),
  row(114, 'End.B6.Encaps', [], 'replace'),
  row(115, 'End.BM', [], 'replace'),
  ...plain(116, TABLES, 'replace'),
  row(127, 'End.B6.Encaps.Red', [], 'replace'),
  ...series(128, 'End', DECAPSULATING, 'replace'),
  ...series(132, 'End.X', DECAPSULATING, 'replace'),
  ...series(136, 'End.T', DECAPSULATING, 'replace'),
]
const byCode = new Map(registry.map((behavior) => [behavior.code, behavior]))

/** Undefined for a behaviour that is not known here. */
export function behaviorOf(code: number): Behavior | undefined {
  return byCode.get(code)
}

/** The proxy of a service (draft-ietf-spring-sr-service-programming §6); it has no code point yet. */
export function serviceBehavior(base: string, csid?: 'next'): Behavior {
  return row(0, base, [], csid)
}

/** The behaviour of the registry with this base and these flavours. */
export function behaviorNamed(name: string): Behavior | undefined {
  return registry.find((behavior) => behavior.name === name)
}
