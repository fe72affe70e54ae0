import type { RouterElement, Unsupported } from '../dialect.js'
import type { ExpressAs } from '../expressions.js'
import type { FrrExpression } from './statement.js'

/** One element of one kind in the words of FRR. Pure. */
export type Express<K extends RouterElement['kind']> = ExpressAs<K, FrrExpression | Unsupported>
