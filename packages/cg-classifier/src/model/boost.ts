import { binOf, edgesOf, MAX_BINS } from './bins.js'
import { type Ensemble, leafOf, logistic, type Tree, type TreeNode } from './tree.js'

export interface BoostOptions {
  readonly trees: number
  readonly depth: number
  readonly rate: number
  /** L2 regularisation of leaf weights. */
  readonly lambda: number
  /** Least sum of second derivatives in a leaf. */
  readonly minHessian: number
}

export interface TrainingRows {
  readonly features: Float32Array
  readonly width: number
  /** 1 = cloud gaming. */
  readonly labels: Uint8Array
  /** So that every class, and every source in it, counts the same. */
  readonly weights: Float64Array
}

interface Work {
  readonly bins: Uint8Array
  readonly edges: readonly Float32Array[]
  readonly gradient: Float64Array
  readonly hessian: Float64Array
  readonly width: number
  readonly options: BoostOptions
}

/** Gradient boosting on the logistic loss with second-order leaves (Friedman 2001; Chen, Guestrin 2016). Deterministic. */
export function boost(rows: TrainingRows, options: BoostOptions): Ensemble {
  const count = rows.labels.length
  const { width } = rows
  const edges = Array.from({ length: width }, (_, feature) => edgesOf(rows.features, count, width, feature))
  const bins = new Uint8Array(count * width)
  for (let at = 0; at < bins.length; at++) {
    bins[at] = binOf(edges[at % width] ?? new Float32Array(), rows.features[at] ?? 0)
  }
  const work = { bins, edges, gradient: new Float64Array(count), hessian: new Float64Array(count), width, options }
  const scores = new Float64Array(count)
  const trees: Tree[] = []
  for (let round = 0; round < options.trees; round++) {
    for (let row = 0; row < count; row++) {
      const p = logistic(scores[row] ?? 0)
      const weight = rows.weights[row] ?? 1
      work.gradient[row] = weight * (p - (rows.labels[row] ?? 0))
      work.hessian[row] = weight * p * (1 - p)
    }
    const nodes: TreeNode[] = []
    grow(
      work,
      Uint32Array.from({ length: count }, (_, row) => row),
      0,
      nodes,
    )
    trees.push(nodes)
    for (let row = 0; row < count; row++) scores[row] = (scores[row] ?? 0) + leafOf(nodes, rows.features, row * width)
  }
  return { base: 0, trees }
}

/** @returns the index of the node that was added. */
function grow(work: Work, rows: Uint32Array, depth: number, nodes: TreeNode[]): number {
  const { options } = work
  let [g, h] = [0, 0]
  for (const row of rows) {
    g += work.gradient[row] ?? 0
    h += work.hessian[row] ?? 0
  }
  const index = nodes.length
  nodes.push({ kind: 'leaf', weight: Math.fround((-options.rate * g) / (h + options.lambda)) })
  const split = depth < options.depth ? bestSplit(work, rows, g, h) : undefined
  if (split === undefined) return index
  const goesLeft = (row: number) => (work.bins[row * work.width + split.feature] ?? 0) <= split.bin
  const left = grow(work, rows.filter(goesLeft), depth + 1, nodes)
  const right = grow(
    work,
    rows.filter((row) => !goesLeft(row)),
    depth + 1,
    nodes,
  )
  const threshold = work.edges[split.feature]?.[split.bin] ?? 0
  nodes[index] = { kind: 'branch', feature: split.feature, threshold, left, right }
  return index
}

function bestSplit(work: Work, rows: Uint32Array, g: number, h: number): { feature: number; bin: number } | undefined {
  const { lambda, minHessian } = work.options
  const whole = (g * g) / (h + lambda)
  let best: { feature: number; bin: number } | undefined
  let bestGain = 1e-9
  for (let feature = 0; feature < work.width; feature++) {
    const gs = new Float64Array(MAX_BINS)
    const hs = new Float64Array(MAX_BINS)
    for (const row of rows) {
      const bin = work.bins[row * work.width + feature] ?? 0
      gs[bin] = (gs[bin] ?? 0) + (work.gradient[row] ?? 0)
      hs[bin] = (hs[bin] ?? 0) + (work.hessian[row] ?? 0)
    }
    let [leftG, leftH] = [0, 0]
    for (let bin = 0; bin < (work.edges[feature]?.length ?? 0); bin++) {
      leftG += gs[bin] ?? 0
      leftH += hs[bin] ?? 0
      if (leftH < minHessian || h - leftH < minHessian) continue
      const gain = leftG ** 2 / (leftH + lambda) + (g - leftG) ** 2 / (h - leftH + lambda) - whole
      if (gain > bestGain) {
        bestGain = gain
        best = { feature, bin }
      }
    }
  }
  return best
}
