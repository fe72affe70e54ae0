import { floats, INPUT_NAME, ints, OUTPUT_NAMES, writeModel } from './onnx-file.js'
import { ATTRIBUTE } from './onnx-schema.js'
import type { Ensemble } from './tree.js'

/**
 * The ensemble as ai.onnx.ml.TreeEnsembleClassifier: one weight a leaf, of class 0, which ONNX Runtime takes as
 * the log-odds of the second label. With weights for both classes it takes the binary case wrongly.
 */
export function writeOnnx(ensemble: Ensemble, width: number, metadata: Readonly<Record<string, string>>): Uint8Array {
  const attribute = attributesOf(ensemble)
  const io = { input: [INPUT_NAME], output: OUTPUT_NAMES }
  const node = { name: 'trees', opType: 'TreeEnsembleClassifier', domain: 'ai.onnx.ml', ...io, attribute }
  return writeModel({ nodes: [node], width, metadata })
}

function attributesOf({ base, trees }: Ensemble): object[] {
  const flat = trees.flatMap((nodes, tree) => nodes.map((node, index) => ({ node, tree, index })))
  const leaves = flat.flatMap(({ node, tree, index }) =>
    node.kind === 'leaf' ? [{ tree, index, weight: node.weight }] : [],
  )
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
