/** A node of a tree: a leaf has a weight, a branch goes left when the feature is at most the threshold. */
export type TreeNode =
  | { readonly kind: 'leaf'; readonly weight: number }
  | {
      readonly kind: 'branch'
      readonly feature: number
      readonly threshold: number
      readonly left: number
      readonly right: number
    }

/** Node 0 is the root. Thresholds and weights are exact in 32 bits, as ONNX stores them. */
export type Tree = readonly TreeNode[]

export interface Ensemble {
  /** Added to the sum of the leaves: log-odds. */
  readonly base: number
  readonly trees: readonly Tree[]
}

/** Log-odds of one row; for training and for comparison with ONNX Runtime. */
export function logOddsOf(ensemble: Ensemble, features: Float32Array, at: number): number {
  let sum = ensemble.base
  for (const tree of ensemble.trees) sum += leafOf(tree, features, at)
  return sum
}

export function leafOf(tree: Tree, features: Float32Array, at: number): number {
  let node = tree[0]
  while (node?.kind === 'branch') {
    node = tree[(features[at + node.feature] ?? 0) <= node.threshold ? node.left : node.right]
  }
  return node?.weight ?? 0
}

export function logistic(logOdds: number): number {
  return 1 / (1 + Math.exp(-logOdds))
}

/** Probability of one row. */
export function logisticOfRow(ensemble: Ensemble, features: Float32Array, at: number): number {
  return logistic(logOddsOf(ensemble, features, at))
}
