import { linkTlvs } from './link/index.js'
import { nodeTlvs } from './node/index.js'
import { policyTlvs } from './policy/index.js'
import { prefixTlvs } from './prefix/index.js'
import { srv6SidTlvs } from './srv6/index.js'

/** Read where they stand, not by a registry: NLRI descriptors, and sub-TLVs of containers. */
const DESCRIPTORS = [256, 257, 258, 259, 260, 261, 262, 263, 264, 265, 270, 271, 272, 512, 513, 514, 515, 516, 517, 518]
const MORE_DESCRIPTORS = [535, 550, 551, 552, 553, 554, 555, 556, 557, 1185]
const SUB_TLVS = [1040, 1041, 1042, 1043, 1045, 1046, 1161, 1206, 1207, 1208, 1209, 1210, 1211, 1214, 1215, 1216, 1217]

/** The TLVs that become fields of records; all others are kept as bytes. */
export const decodedTlvs: ReadonlySet<number> = new Set([
  ...DESCRIPTORS,
  ...MORE_DESCRIPTORS,
  ...SUB_TLVS,
  ...[nodeTlvs, linkTlvs, prefixTlvs, srv6SidTlvs, policyTlvs].flatMap((codecs) => [...codecs.keys()]),
])
