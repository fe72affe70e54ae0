import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { SegchainError } from '@segchain/records'
import type * as Ort from 'onnxruntime-node'
import { fileFailure } from '../file-failure.js'
import { type FeatureKind, featureCount, featureNames } from './feature-writer.js'
import { INPUT_NAME, OUTPUT_NAMES, readMetadata } from './onnx-file.js'
import { CONTEXT_WINDOWS } from './session-features.js'

const failure = fileFailure('cg-classifier train makes a model; the package brings model/cloud-gaming.onnx')

/** The model that comes with the package. */
export const DEFAULT_MODEL = fileURLToPath(new URL('../../../model/cloud-gaming.onnx', import.meta.url))

export interface Model {
  readonly digest: string
  /** A window with at least this probability counts as cloud gaming. */
  readonly threshold: number
  /** What it takes of a report; a `FeatureWriter` of this kind makes its rows. */
  readonly kind: FeatureKind
  /** @param rows as many numbers a row as the kind has features. @returns the probability of cloud gaming of each row. */
  classify(rows: Float32Array): Promise<Float32Array>
  close(): Promise<void>
}

/**
 * Opens a model and proves on a row of zeros that it answers as we ask.
 * @throws {SegchainError} category `usage`: `MODEL_MISSING`, `MODEL_DIGEST`, `MODEL_BROKEN`, `MODEL_SHAPE`.
 */
export async function loadModel(path: string, wantedDigest?: string): Promise<Model> {
  const bytes = await readFile(path).catch((cause) => {
    throw failure('MODEL_MISSING', path, `cannot read the model: ${cause.message}`, cause)
  })
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`
  if (wantedDigest !== undefined && wantedDigest !== digest) {
    throw failure('MODEL_DIGEST', path, `the model is ${digest}, not ${wantedDigest}`)
  }
  const ort = await import('onnxruntime-node')
  let metadata: Record<string, string>
  let session: Ort.InferenceSession
  try {
    metadata = readMetadata(bytes)
    session = await ort.InferenceSession.create(bytes, {
      intraOpNumThreads: 1,
      interOpNumThreads: 1,
      logSeverityLevel: 4,
    })
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : String(cause)
    throw failure('MODEL_BROKEN', path, `no usable ONNX model: ${message.slice(0, 200)}`, cause)
  }
  const threshold = Number(metadata.threshold)
  const kind = kindOf(metadata)
  if (kind === undefined || !(threshold > 0 && threshold < 1)) {
    throw failure('MODEL_SHAPE', path, 'the metadata name other features, or no threshold')
  }
  const width = featureCount[kind]
  if (session.inputNames.join() !== INPUT_NAME || session.outputNames.join() !== OUTPUT_NAMES.join()) {
    throw failure('MODEL_SHAPE', path, `inputs ${session.inputNames.join()}, outputs ${session.outputNames.join()}`)
  }
  const model: Model = {
    digest,
    threshold,
    kind,
    async classify(rows) {
      const count = rows.length / width
      const input = new ort.Tensor('float32', rows, [count, width])
      const output = (await session.run({ [INPUT_NAME]: input }, ['probabilities'])).probabilities
      if (output === undefined || !(output.data instanceof Float32Array) || output.data.length !== count * 2) {
        throw failure('MODEL_SHAPE', path, 'the probabilities are not two numbers a row')
      }
      const scores = new Float32Array(count)
      for (let row = 0; row < count; row++) {
        const score = output.data[row * 2 + 1] ?? Number.NaN
        if (!(score >= 0 && score <= 1)) throw failure('MODEL_SHAPE', path, `a probability of ${score}`)
        scores[row] = score
      }
      return scores
    },
    close: () => session.release(),
  }
  try {
    await model.classify(new Float32Array(width * 2))
  } catch (cause) {
    throw cause instanceof SegchainError ? cause : failure('MODEL_SHAPE', path, `it takes no rows of ${width}`, cause)
  }
  return model
}

/** By the names of the features, in their order; the past of a session must be as long as ours. */
function kindOf(metadata: Record<string, string>): FeatureKind | undefined {
  if (metadata.features === featureNames.window.join(',')) return 'window'
  const ours = metadata.contextWindows === String(CONTEXT_WINDOWS)
  return ours && metadata.features === featureNames.session.join(',') ? 'session' : undefined
}
