import type { NodeRecord } from '@segchain/records'
import { fieldTlv } from '../tlv.js'

/** SR-Algorithm, RFC 9085 §2.1.3: one byte an algorithm. */
export const srAlgorithms = fieldTlv<NodeRecord, number[]>({
  code: 1035,
  read: (value) => [...value.rest()],
  write: (writer, algorithms) => writer.bytes(Uint8Array.from(algorithms)),
  get: (from) => from.algorithms,
  set: (into, algorithms) => {
    into.algorithms = algorithms
  },
})

/** SRMS Preference, RFC 9085 §2.1.5. */
export const srmsPreference = fieldTlv<NodeRecord, number>({
  code: 1037,
  read: (value) => value.u8(),
  write: (writer, preference) => writer.u8(preference),
  get: (from) => from.srmsPreference,
  set: (into, preference) => {
    into.srmsPreference = preference
  },
})
