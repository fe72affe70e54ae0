import protobuf from 'protobufjs/light.js'
import { ATTRIBUTE, onnxSchema, TENSOR } from './onnx-schema.js'

export const INPUT_NAME = 'features'
/** As scikit-learn's converter names them: the label, and the probabilities of both classes. */
export const OUTPUT_NAMES = ['label', 'probabilities'] as const

/** A NodeProto; `domain` is empty for the operators of ONNX itself. */
export interface OnnxNode {
  readonly name: string
  readonly opType: string
  readonly domain?: string
  readonly input: readonly string[]
  readonly output: readonly string[]
  readonly attribute?: readonly object[]
}

export interface OnnxGraph {
  readonly nodes: readonly OnnxNode[]
  readonly initializers?: readonly object[]
  /** Features a row. */
  readonly width: number
  readonly metadata: Readonly<Record<string, string>>
}

const root = protobuf.Root.fromJSON(onnxSchema)

/** The bytes of a model with our input and outputs. */
export function writeModel({ nodes, initializers = [], width, metadata }: OnnxGraph): Uint8Array {
  const model = {
    irVersion: 8,
    producerName: 'segchain cg-classifier',
    graph: {
      name: 'cloud-gaming',
      node: nodes,
      initializer: initializers,
      input: [tensorInfo(INPUT_NAME, TENSOR.float, [{ dimParam: 'N' }, { dimValue: width }])],
      output: [
        tensorInfo(OUTPUT_NAMES[0], TENSOR.int64, [{ dimParam: 'N' }]),
        tensorInfo(OUTPUT_NAMES[1], TENSOR.float, [{ dimParam: 'N' }, { dimValue: 2 }]),
      ],
    },
    opsetImport: [
      { domain: '', version: 17 },
      { domain: 'ai.onnx.ml', version: 3 },
    ],
    metadataProps: Object.entries(metadata).map(([key, value]) => ({ key, value })),
  }
  const type = root.lookupType('Model')
  return type.encode(type.fromObject(model)).finish()
}

/** The metadata of a model file. @throws of the decoder, when it is no ONNX file. */
export function readMetadata(bytes: Uint8Array): Record<string, string> {
  const type = root.lookupType('Model')
  const model = type.toObject(type.decode(bytes)) as { metadataProps?: { key?: string; value?: string }[] }
  return Object.fromEntries((model.metadataProps ?? []).map(({ key, value }) => [key ?? '', value ?? '']))
}

export const ints = (name: string, values: readonly number[]) => ({ name, type: ATTRIBUTE.ints, ints: values })
export const floats = (name: string, values: readonly number[]) => ({ name, type: ATTRIBUTE.floats, floats: values })
export const int = (name: string, i: number) => ({ name, type: ATTRIBUTE.int, i })

/** A constant of the graph. */
export const constant = (name: string, dims: readonly number[], values: readonly number[]) => {
  return { name, dims, dataType: TENSOR.float, floatData: values }
}
export const intConstant = (name: string, values: readonly number[]) => {
  return { name, dims: [values.length], dataType: TENSOR.int64, int64Data: values }
}

function tensorInfo(name: string, elemType: number, dim: object[]): object {
  return { name, type: { tensorType: { elemType, shape: { dim } } } }
}
