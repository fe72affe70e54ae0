import type { ToolIo } from '@segchain/cli-kit'
import { parseIpv6 } from '@segchain/path-engine'
import { SegchainError } from '@segchain/records'
import { nodeNamed } from '../analysis/node-named.js'
import { tracePolicy, traceStack } from '../analysis/trace-records.js'
import { traceSidList, traceSrv6Policy } from '../analysis/trace-srv6.js'
import type TraceCommand from '../commands/trace.js'
import { alternativesOf } from '../compile/load/alternatives.js'
import { loadModel } from './load-model.js'

export async function runTrace(io: ToolIo<typeof TraceCommand>): Promise<void> {
  const { model } = await loadModel(io, io.args.intents, io.flags.topology)
  const { from, labels, sids } = io.flags
  const start = from === undefined ? undefined : nodeNamed(model.graph, from)
  const records =
    start !== undefined && sids !== undefined
      ? traceSidList(model, start, parseSids(sids))
      : start !== undefined && labels !== undefined
        ? traceStack(model, start, parseLabels(labels))
        : [
            ...model.steered.flatMap((one) => alternativesOf(one).flatMap((list, i) => tracePolicy(model, list, i))),
            ...model.srv6.steered.flatMap((one) =>
              alternativesOf(one).flatMap((list, i) => traceSrv6Policy(model, list, i)),
            ),
          ]
  const out = await io.open({ source: io.args.intents })
  for (const record of records) await out.write(record)
  const broken = records.filter((record) => record.kind === 'trace' && record.outcome === 'broken').length
  await out.end({ outcome: broken > 0 ? 'failed' : 'ok', exitCode: broken > 0 ? 3 : 0, counts: { broken } })
  io.exitCode = broken > 0 ? 3 : 0
}

function parseLabels(text: string): number[] {
  return text.split(',').map((part) => {
    if (/^\d{1,7}$/.test(part) && Number(part) <= 0xf_ffff) return Number(part)
    throw new SegchainError({
      category: 'usage',
      code: 'BAD_LABEL',
      message: `"${part}" is no MPLS label`,
      hint: 'numbers up to 1048575, top first, with commas between: 17004,16004',
    })
  })
}

function parseSids(text: string): bigint[] {
  return text.split(',').map((part) => {
    const sid = parseIpv6(part.trim())
    if (sid !== undefined) return sid
    throw new SegchainError({
      category: 'usage',
      code: 'BAD_SID',
      message: `"${part}" is no SRv6 SID`,
      hint: 'IPv6 addresses, first segment first, with commas between: fcbb:bb00:8000:8001::,fcbb:bb00:4::',
    })
  })
}
