import { withBits } from './address.js'
import { csidBits, csidOf, formatSid, type Srv6Sid, structureFits } from './sid.js'

/** An entry of a segment list as it stands in a packet: one SID, or a container of several (RFC 9800 §3). */
export interface Carrier {
  readonly address: bigint
  /** Positions in the uncompressed list. */
  readonly sids: readonly number[]
}

export type Compressed = readonly Carrier[] | { readonly why: string }

/**
 * The shortest list of 128-bit entries that does what the SIDs do one after the other (RFC 9800 §6.2 and §6.4).
 * What cannot be compressed stays as it is.
 */
export function compressSids(list: readonly Srv6Sid[]): Compressed {
  const carriers: Carrier[] = []
  for (let at = 0; at < list.length; ) {
    const sid = list[at] as Srv6Sid
    const run = runFrom(list, at)
    if (sid.behavior.csid === 'replace') run.push(...endOfRun(run, list[at + run.length]))
    const ended = run.at(-1)?.behavior.csid === undefined
    const followed = !ended && at + run.length < list.length
    if (sid.behavior.csid === 'replace' && run.length === 1 && followed) {
      return { why: `${formatSid(sid)} is a lone REPLACE-CSID SID in the middle of the list (RFC 9800 §6.4)` }
    }
    if (sid.behavior.csid === 'replace' && run.length > 1) carriers.push(...replaceCarriers(run, at, followed))
    else if (sid.behavior.csid === 'next') carriers.push(...nextCarriers(run, at))
    else carriers.push(...run.map(({ sid: address }, i) => ({ address, sids: [at + i] })))
    at += run.length
  }
  return carriers
}

/** SIDs in a row that compress in the same way and share their block. */
function runFrom(list: readonly Srv6Sid[], from: number): Srv6Sid[] {
  const [first] = list.slice(from)
  const run: Srv6Sid[] = []
  for (const sid of list.slice(from)) {
    if (first === undefined || !isAlike(first, sid)) break
    run.push(sid)
  }
  return run
}

function isAlike(first: Srv6Sid, sid: Srv6Sid): boolean {
  if (first === sid) return true
  const { csid } = first.behavior
  const [a, b] = [first.structure, sid.structure]
  if (csid === undefined || csid !== sid.behavior.csid || a === undefined || b === undefined) return false
  if (!structureFits(a) || !structureFits(b) || a.locatorBlockBits !== b.locatorBlockBits) return false
  const rest = BigInt(128 - a.locatorBlockBits)
  // NEXT-CSID allows for C-SIDs of several lengths in one container; in REPLACE-CSID they sit in a raster.
  return first.sid >> rest === sid.sid >> rest && (csid === 'next' || csidBits(a) === csidBits(b))
}

/**
 * RFC 9800 §6.4: an uncompressed SID of the same block and length may end a run inside its last container, as
 * long as it is found without regard to the place that the destination's argument still tells.
 */
function endOfRun(run: readonly Srv6Sid[], next: Srv6Sid | undefined): Srv6Sid[] {
  const [a, b] = [run[0]?.structure, next?.structure]
  if (a === undefined || b === undefined || next === undefined || next.behavior.csid !== undefined) return []
  const sameRaster = a.locatorBlockBits === b.locatorBlockBits && csidBits(a) === csidBits(b)
  const rest = BigInt(128 - a.locatorBlockBits)
  const sameBlock = sameRaster && (run[0]?.sid ?? 0n) >> rest === next.sid >> rest
  return sameBlock && b.argumentBits === 128 - b.locatorBlockBits - csidBits(b) ? [next] : []
}

/** The next C-SID moves to the front with each hop: they are written behind each other into the argument. */
function nextCarriers(run: readonly Srv6Sid[], offset: number): Carrier[] {
  const carriers: { address: bigint; sids: number[] }[] = []
  let used = 128
  for (const [i, sid] of run.entries()) {
    const { structure } = sid
    const open = carriers.at(-1)
    const length = structure === undefined ? 128 : csidBits(structure)
    if (structure !== undefined && open !== undefined && used + length <= 128) {
      open.address = withBits(open.address, used, length, csidOf(sid, structure))
      open.sids.push(offset + i)
      used += length
    } else {
      carriers.push({ address: sid.sid, sids: [offset + i] })
      used = structure === undefined ? 128 : structure.locatorBlockBits + length
    }
  }
  return carriers
}

/**
 * The first SID stands by itself; the C-SIDs after it fill containers from the least significant place on. The
 * end of a run is a place that is empty, so a run that would fill its last container is cut in two.
 */
function replaceCarriers(run: readonly Srv6Sid[], offset: number, followed: boolean): Carrier[] {
  const [first] = run
  if (first?.structure === undefined) return []
  const length = csidBits(first.structure)
  const places = Math.floor(128 / length)
  if (followed && (run.length - 1) % places === 0) {
    return [...replaceCarriers(run.slice(0, 2), offset, true), ...replaceCarriers(run.slice(2), offset + 2, true)]
  }
  const carriers: { address: bigint; sids: number[] }[] = [{ address: first.sid, sids: [offset] }]
  for (const [i, sid] of run.slice(1).entries()) {
    const place = places - 1 - (i % places)
    if (place === places - 1) carriers.push({ address: 0n, sids: [] })
    const open = carriers.at(-1)
    if (open === undefined || sid.structure === undefined) continue
    open.address = withBits(open.address, place * length, length, csidOf(sid, sid.structure))
    open.sids.push(offset + 1 + i)
  }
  return carriers
}
