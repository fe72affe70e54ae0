import protobuf from 'protobufjs/light.js'
import { ATTRIBUTE, onnxSchema, TENSOR } from './onnx-schema.js'
import type { Ensemble } from './tree.js'

export const INPUT_NAME = 'features'
export const OUTPUT_NAMES = ['label', 'probabilities'] as const

const root = protobuf.Root.fromJSON(onnxSchema)

/**
 * The ensemble as ai.onnx.ml.TreeEnsembleClassifier: one weight a leaf, of class 0, which ONNX Runtime takes as
 * the log-odds of the second label. With weights for both classes it takes the binary case wrongly.
 */
export function writeOnnx(ensemble: Ensemble, width: number, metadata: Readonly<Record<string, string>>): Uint8Array {
  const model = {
    irVersion: 8,
    producerName: 'segchain cg-classifier',
    graph: {
      name: 'cloud-gaming',
      node: [
        {
          name: 'trees',
          opType: 'TreeEnsembleClassifier',
          domain: 'ai.onnx.ml',
          input: [INPUT_NAME],
          output: [...OUTPUT_NAMES],
          attribute: attributesOf(ensemble),
        },
      ],
      input: [tensor(INPUT_NAME, TENSOR.float, [{ dimParam: 'N' }, { dimValue: width }])],
      output: [
        tensor(OUTPUT_NAMES[0], TENSOR.int64, [{ dimParam: 'N' }]),
        tensor(OUTPUT_NAMES[1], TENSOR.float, [{ dimParam: 'N' }, { dimValue: 2 }]),
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

function tensor(name: string, elemType: number, dim: object[]): object {
  return { name, type: { tensorType: { elemType, shape: { dim } } } }
}

function attributesOf({ base, trees }: Ensemble): object[] {
  const flat = trees.flatMap((nodes, tree) => nodes.map((node, index) => ({ node, tree, index })))
  const leaves = flat.flatMap(({ node, tree, index }) =>
    node.kind === 'leaf' ? [{ tree, index, weight: node.weight }] : [],
  )
  const ints = (name: string, values: number[]) => ({ name, type: ATTRIBUTE.ints, ints: values })
  const floats = (name: string, values: number[]) => ({ name, type: ATTRIBUTE.floats, floats: values })
  const text = (value: string) => Buffer.from(value)
  return [
    floats('base_values', [base]),
    ints(
      'class_ids',
      leaves.map(() => 0),
    ),
    ints(
      'class_nodeids',
      leaves.map((leaf) => leaf.index),
    ),
    ints(
      'class_treeids',
      leaves.map((leaf) => leaf.tree),
    ),
    floats(
      'class_weights',
      leaves.map((leaf) => leaf.weight),
    ),
    ints('classlabels_int64s', [0, 1]),
    ints(
      'nodes_falsenodeids',
      flat.map(({ node }) => (node.kind === 'branch' ? node.right : 0)),
    ),
    ints(
      'nodes_featureids',
      flat.map(({ node }) => (node.kind === 'branch' ? node.feature : 0)),
    ),
    {
      name: 'nodes_modes',
      type: ATTRIBUTE.strings,
      strings: flat.map(({ node }) => text(node.kind === 'branch' ? 'BRANCH_LEQ' : 'LEAF')),
    },
    ints(
      'nodes_nodeids',
      flat.map(({ index }) => index),
    ),
    ints(
      'nodes_treeids',
      flat.map(({ tree }) => tree),
    ),
    ints(
      'nodes_truenodeids',
      flat.map(({ node }) => (node.kind === 'branch' ? node.left : 0)),
    ),
    floats(
      'nodes_values',
      flat.map(({ node }) => (node.kind === 'branch' ? node.threshold : 0)),
    ),
    { name: 'post_transform', type: ATTRIBUTE.string, s: text('LOGISTIC') },
  ]
}
