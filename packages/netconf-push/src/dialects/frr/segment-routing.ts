import type { LabelRange } from '@segchain/records'
import type { Express } from './expression.js'
import { globalBlock } from './global-block.js'
import { igpBlock, withoutOspfV3 } from './places.js'

const words = (range: LabelRange): string => `${range.first} ${range.first + range.size - 1}`

export const segmentRouting: Express<'segment-routing'> = ({ id, srgb, srlb = [] }, facts) => {
  const [block, ...more] = srgb
  const [local, ...moreLocal] = srlb
  if (block === undefined || more.length > 0) return { unsupported: 'FRR has one SRGB range' }
  if (moreLocal.length > 0) return { unsupported: 'FRR has one SRLB range' }
  const context = [igpBlock(facts)]
  return (
    withoutOspfV3(facts) ?? {
      statements: [
        { context, line: 'segment-routing on', key: 'segment-routing on', element: id },
        globalBlock(context, id, words(block), local === undefined ? undefined : words(local)),
      ],
    }
  )
}
