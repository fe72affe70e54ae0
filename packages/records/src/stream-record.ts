import type { Static, TSchema } from 'typebox'
import type { SchemaName, streams } from './streams.js'

type ValuesOf<T> = T[keyof T]

/** The union of the records that a stream may hold, discriminated by `kind`. */
export type StreamRecord<S extends SchemaName> = Extract<
  ValuesOf<{
    [K in keyof (typeof streams)[S]]: (typeof streams)[S][K] extends infer T extends TSchema ? Static<T> : never
  }>,
  { readonly kind: string }
>
