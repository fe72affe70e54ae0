import { freePort } from './free-port.js'
import { expectExit, runTool, type ToolRun, type Tools } from './run-tool.js'

/** Replays a recorded session of a router over a real BGP session on the loopback address, and collects it. */
export async function learnTopology(tools: Tools, capture: string): Promise<ToolRun<'segchain.topology/1'>> {
  const address = `127.0.0.1:${await freePort()}`
  const [collected, replayed] = await Promise.all([
    runTool(tools, 'segchain.topology/1', 'bgpls-collector', ['collect', '--once', '--peer', address]),
    runTool(tools, 'segchain.topology/1', 'bgpls-collector', ['replay', capture, '--once', '--listen', address]),
  ])
  expectExit('bgpls-collector replay', replayed, 0)
  expectExit('bgpls-collector collect', collected, 0)
  return collected
}
