import type { ToolIo } from '@segchain/cli-kit'
import type GraphCommand from '../commands/graph.js'
import { toDot } from '../draw/dot.js'
import { type Drawing, drawingOf } from '../draw/drawing.js'
import { toGraphml } from '../draw/graphml.js'
import { toSvg } from '../draw/svg.js'
import { graphNamed } from './graph-named.js'
import { loadModel } from './load-model.js'
import { readTopology } from './read-topology.js'

const writers = { svg: toSvg, dot: toDot, graphml: toGraphml }

export async function runGraph(io: ToolIo<typeof GraphCommand>): Promise<void> {
  await io.text(writers[io.flags.format](await drawing(io)))
}

async function drawing(io: ToolIo<typeof GraphCommand>): Promise<Drawing> {
  if (io.flags.intents === undefined) {
    return drawingOf(
      graphNamed(await readTopology(io, io.args.topology), io.flags.instance, io.flags['multi-topology']),
    )
  }
  const { model } = await loadModel(io, io.flags.intents, io.args.topology)
  return drawingOf(model.graph, model)
}
