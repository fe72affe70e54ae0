export { diffRemoval } from './diff-removal.js'
export { type Difference, diffTrees, type TreeDiff } from './diff-trees.js'
export { type Leftover, leftovers } from './leftovers.js'
