import { type Graph, nodeAt, nodeName, type Snapshot } from '@segchain/path-engine'
import { type LinkRecord, SegchainError } from '@segchain/records'
import type { Model } from '../compile/model.js'
import { type Event, singleFailures } from './impact.js'

/** `link:r2-r3`, `node:r5`, `srlg:7`, `instance:orange/cg/classify/classify-1` as an event of the model. */
export function parseFailure(model: Model, text: string): Event {
  const [kind = '', rest = ''] = splitOnce(text, ':')
  const wanted = {
    link: [`link ${rest} down`, `link ${rest.split('-').reverse().join('-')} down`],
    node: [`node ${rest} down`],
    srlg: [`SRLG ${rest} down`],
    instance: [`instance ${rest.slice(rest.lastIndexOf('/') + 1)} of ${rest.slice(0, rest.lastIndexOf('/'))} down`],
  }[kind]
  const events = singleFailures(model)
  const found = events.find((event) => wanted?.includes(event.text))
  if (found !== undefined) return found
  throw new SegchainError({
    category: 'usage',
    code: 'UNKNOWN_FAILURE',
    message: `there is no ${text} to take down`,
    hint: `for instance: ${events
      .slice(0, 3)
      .map((event) => event.text)
      .join(', ')} (written link:a-b, node:a, srlg:1, instance:service/name)`,
  })
}

/** `r1-r2:metric=100` or `r1-r2:delay=5000`: the topology with both directions of the link changed. */
export function applyChange(graph: Graph, snapshot: Snapshot, text: string): Snapshot {
  const match = /^(.+)-(.+):(metric|delay|te)=([0-9]{1,10})$/.exec(text)
  const [, a = '', b = '', field = '', value = ''] = match ?? []
  const name = (id: string): string => {
    const index = graph.indexOfNode.get(id)
    return index === undefined ? id : nodeName(nodeAt(graph, index))
  }
  let changed = 0
  const links = snapshot.links.map((link): LinkRecord => {
    const ends = [name(link.localNode), name(link.remoteNode)]
    if (match === null || !ends.includes(a) || !ends.includes(b)) return link
    changed += 1
    if (field === 'metric') return { ...link, igpMetric: Number(value) }
    return field === 'te'
      ? { ...link, teMetric: Number(value) }
      : { ...link, delayUs: Number(value), minDelayUs: Number(value) }
  })
  if (changed > 0) return { ...snapshot, links }
  throw new SegchainError({
    category: 'usage',
    code: 'UNKNOWN_CHANGE',
    message: `cannot change ${text}`,
    hint: 'written r1-r2:metric=100, r1-r2:delay=5000 (microseconds) or r1-r2:te=7; both ends must be neighbours',
  })
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}
