import type { AnomalyModel } from './anomaly-model.js'
import { constant, INPUT_NAME, int, intConstant, ints, type OnnxNode, OUTPUT_NAMES, writeModel } from './onnx-file.js'

/**
 * The Gaussians as plain ONNX operators: of each row the least squared Mahalanobis distance over its limit, a, and
 * 1 / (1 + a) as its probability, which is a half at the limit.
 */
export function writeAnomaly(model: AnomalyModel, metadata: Readonly<Record<string, string>>): Uint8Array {
  const { width, gaussians } = model
  const one = (
    opType: string,
    input: readonly string[],
    output: string,
    attribute: readonly object[] = [],
  ): OnnxNode => {
    return { name: output, opType, input, output: [output], attribute }
  }
  const parts = gaussians.flatMap((_, g) => [
    one('Sub', ['logs', `mean${g}`], `centred${g}`),
    one('MatMul', [`centred${g}`, `whitening${g}`], `white${g}`),
    one('Mul', [`white${g}`, `white${g}`], `squares${g}`),
    one('ReduceSum', [`squares${g}`, 'columns'], `distance${g}`, [int('keepdims', 1)]),
    one('Mul', [`distance${g}`, `share${g}`], `part${g}`),
  ])
  const nodes = [
    one('Add', [INPUT_NAME, 'one'], 'shifted'),
    one('Log', ['shifted'], 'logs'),
    ...parts,
    one(
      'Concat',
      gaussians.map((_, g) => `part${g}`),
      'parts',
      [int('axis', 1)],
    ),
    one('ReduceMin', ['parts'], 'anomaly', [ints('axes', [1]), int('keepdims', 1)]),
    one('Add', ['anomaly', 'one'], 'denominator'),
    one('Reciprocal', ['denominator'], 'positive'),
    one('Sub', ['one', 'positive'], 'negative'),
    one('Concat', ['negative', 'positive'], OUTPUT_NAMES[1], [int('axis', 1)]),
    one('GreaterOrEqual', ['positive', 'half'], 'accepted'),
    one('Squeeze', ['accepted', 'columns'], 'flat'),
    one('Cast', ['flat'], OUTPUT_NAMES[0], [int('to', 7)]),
  ]
  const constants = gaussians.flatMap(({ mean, whitening, limit }, g) => [
    constant(`mean${g}`, [1, width], mean),
    // Transposed: rows of the input are multiplied from the left.
    constant(
      `whitening${g}`,
      [width, width],
      mean.flatMap((_, j) => whitening.map((row) => row[j] ?? 0)),
    ),
    constant(`share${g}`, [1, 1], [1 / limit]),
  ])
  const initializers = [
    constant('one', [1, 1], [1]),
    constant('half', [1, 1], [0.5]),
    intConstant('columns', [1]),
    ...constants,
  ]
  return writeModel({ nodes, initializers, width, metadata })
}
