export { type Difference, diffTrees, type TreeDiff } from './diff-trees.js'
