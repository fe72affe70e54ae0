import { parseIpv6Prefix } from '@segchain/path-engine'
import { SegchainError } from '@segchain/records'
import Type, { type Static } from 'typebox'
import { Compile, type Validator } from 'typebox/compile'
import { stringify } from 'yaml'
import { closed } from '../intents/schema/common.js'
import { schemaErrors } from '../intents/schema-errors.js'
import type { Source } from '../intents/source.js'
import { readDocuments } from '../intents/yaml/read-documents.js'

const AllocationSchema = Type.Object(
  {
    /** `service/orange/cg/classify`, `node/r4`. */
    owner: Type.String({ minLength: 1, maxLength: 255 }),
    algorithm: Type.Integer({ minimum: 0, maximum: 255 }),
    index: Type.Integer({ minimum: 0, maximum: 0xf_ffff }),
    /** Number of the loopback; the offset of its address in the pool at the time. */
    loopback: Type.Integer({ minimum: 1, maximum: 0xffff_ffff }),
    prefix: Type.String({ pattern: '^([0-9]{1,3}([.][0-9]{1,3}){3}/32|[0-9a-f:]+/128)$' }),
  },
  closed,
)
export type Allocation = Static<typeof AllocationSchema>

const LocatorSchema = Type.Object(
  {
    owner: Type.String({ minLength: 1, maxLength: 255 }),
    algorithm: Type.Integer({ minimum: 0, maximum: 255 }),
    locator: Type.String({ pattern: '^[0-9a-f:]+/[0-9]{1,3}$', maxLength: 49 }),
  },
  closed,
)
/** An SRv6 locator and whose it is. */
export type LocatorAllocation = Static<typeof LocatorSchema>

const BindingSchema = Type.Object(
  {
    /** `binding/gamers/1`: the Steering, and which piece of its stack. */
    owner: Type.String({ minLength: 1, maxLength: 255 }),
    label: Type.Integer({ minimum: 16, maximum: 0xf_ffff }),
  },
  closed,
)
/** The binding-SID of a piece of a stack. */
export type BindingAllocation = Static<typeof BindingSchema>

const LockSchema = Type.Object(
  {
    apiVersion: Type.Literal('segchain/v1'),
    kind: Type.Literal('SidLock'),
    allocations: Type.Array(AllocationSchema),
    locators: Type.Optional(Type.Array(LocatorSchema)),
    bindings: Type.Optional(Type.Array(BindingSchema)),
  },
  closed,
)

export const LOCK_FILE = 'sids.lock'

/** What was given to whom, for ever: an owner that is gone keeps its numbers until it is pruned. */
export interface Lock {
  readonly allocations: readonly Allocation[]
  readonly locators?: readonly LocatorAllocation[]
  readonly bindings?: readonly BindingAllocation[]
}

export const emptyLock: Lock = { allocations: [] }

let validator: Validator | undefined

/** @throws nothing: what is wrong is in `errors`. */
export function parseLock(text: string): { lock: Lock; errors: readonly SegchainError[] } {
  const { documents, errors: syntax } = readDocuments(LOCK_FILE, text)
  const [wrong] = syntax
  if (wrong !== undefined) return broken(wrong.message, wrong.where.line ?? 1)
  const [document, extra] = documents
  if (document === undefined) return broken('it is empty', 1)
  const { value, source } = document
  if (extra !== undefined) return broken('it has a second document', extra.source.at([]).line)
  validator ??= Compile(LockSchema)
  if (!validator.Check(value)) return { lock: emptyLock, errors: schemaErrors(LockSchema, value, validator, source) }
  const { allocations, locators, bindings } = value as Static<typeof LockSchema>
  const errors = [
    ...contradictions(allocations, source),
    ...locatorContradictions(locators ?? [], source),
    ...bindingContradictions(bindings ?? [], source),
  ]
  const lock = {
    allocations,
    ...(locators === undefined ? {} : { locators }),
    ...(bindings === undefined ? {} : { bindings }),
  }
  return { lock, errors }
}

/** A merge of two branches may have given one number twice. */
function contradictions(allocations: readonly Allocation[], source: Source): SegchainError[] {
  const errors: SegchainError[] = []
  const seen = new Map<string, string>()
  allocations.forEach((allocation, i) => {
    const who = `${allocation.owner} (algorithm ${allocation.algorithm})`
    const claims = [
      `${allocation.owner}|${allocation.algorithm}`,
      `index ${allocation.index}`,
      `prefix ${allocation.prefix}`,
    ]
    for (const claim of claims) {
      const other = seen.get(claim)
      if (other === undefined) seen.set(claim, who)
      else {
        errors.push(
          new SegchainError({
            category: 'data',
            code: 'LOCK_CONFLICT',
            message: other === who ? `${who} is allocated twice` : `${claim} belongs to ${other} and to ${who}`,
            hint: 'delete the newer of the two entries and run: sr-compiler allocate',
            where: source.at(['allocations', i]),
          }),
        )
      }
    }
  })
  return errors
}

function bindingContradictions(bindings: readonly BindingAllocation[], source: Source): SegchainError[] {
  const seen = new Map<string | number, string>()
  return bindings.flatMap(({ owner, label }, i) => {
    const other = seen.get(owner) ?? seen.get(label)
    seen.set(owner, owner).set(label, owner)
    if (other === undefined) return []
    const message = `binding-SID ${label} belongs to ${other} and to ${owner}`
    const hint = 'delete the newer of the two entries and run: sr-compiler compile --write-lock'
    const where = source.at(['bindings', i])
    return [new SegchainError({ category: 'data', code: 'LOCK_CONFLICT', message, hint, where })]
  })
}

function locatorContradictions(locators: readonly LocatorAllocation[], source: Source): SegchainError[] {
  const seen = new Map<string, string>()
  return locators.flatMap(({ owner, algorithm, locator }, i) => {
    const who = `${owner} (algorithm ${algorithm})`
    const claims = [who, locator].filter((claim) => seen.has(claim))
    const other = seen.get(claims[0] ?? '')
    seen.set(who, who).set(locator, who)
    if (other === undefined && parseIpv6Prefix(locator) !== undefined) return []
    const message =
      other === undefined ? `${locator} is no IPv6 prefix` : `locator ${locator} belongs to ${other} and to ${who}`
    const hint = 'delete the newer of the two entries and run: sr-compiler allocate'
    const where = source.at(['locators', i])
    return [new SegchainError({ category: 'data', code: 'LOCK_CONFLICT', message, hint, where })]
  })
}

function broken(message: string, line: number): { lock: Lock; errors: readonly SegchainError[] } {
  const error = new SegchainError({
    category: 'data',
    code: 'LOCK_SYNTAX',
    message: `${LOCK_FILE} cannot be read: ${message}`,
    hint: 'restore it from Git: it says which SIDs are in use in the network',
    where: { file: LOCK_FILE, line: Math.max(1, line) },
  })
  return { lock: emptyLock, errors: [error] }
}

export function formatLock(lock: Lock): string {
  const head =
    '# Which SID and loopback belongs to whom. Written by `sr-compiler allocate`; commit it, and do not edit it.\n'
  const allocations = [...lock.allocations].sort((a, b) => a.loopback - b.loopback)
  const locators = [...(lock.locators ?? [])].sort((a, b) => (a.locator < b.locator ? -1 : 1))
  const bindings = [...(lock.bindings ?? [])].sort((a, b) => a.label - b.label)
  const all = {
    apiVersion: 'segchain/v1',
    kind: 'SidLock',
    allocations,
    ...(locators.length > 0 ? { locators } : {}),
    ...(bindings.length > 0 ? { bindings } : {}),
  }
  return head + stringify(all, { lineWidth: 0 })
}
