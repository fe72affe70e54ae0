import type { ElementOf, RouterElement, Unsupported } from '../dialect.js'
import type { DeviceFacts } from '../facts.js'
import type { FrrExpression } from './statement.js'

/** One element of one kind in the words of FRR. Pure. */
export type Express<K extends RouterElement['kind']> = (
  element: ElementOf<K>,
  facts: DeviceFacts,
) => FrrExpression | Unsupported

/** An answer for every kind: lines, or why there are none. */
export type Expressions = { readonly [K in RouterElement['kind']]: Express<K> }
