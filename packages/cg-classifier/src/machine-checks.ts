import { type Check, findProgram } from '@segchain/cli-kit/setup'

/** What classifying and capturing need of the machine. */
export const machineChecks: readonly Check[] = [
  {
    id: 'model',
    what: 'ONNX Runtime, and the model of the package in it',
    look: async () => {
      const { DEFAULT_MODEL, loadModel } = await import('./model/load.js')
      const model = await loadModel(DEFAULT_MODEL)
      await model.close()
      return { outcome: 'ok', detail: model.digest }
    },
  },
  {
    id: 'capture-program',
    what: 'tcpdump or dumpcap, for features --interface',
    look: async () => {
      const path = await findProgram('tcpdump', 'dumpcap')
      return path === undefined
        ? { outcome: 'missing', hint: 'apt install tcpdump; capture files need neither' }
        : { outcome: 'ok', detail: path }
    },
  },
]
