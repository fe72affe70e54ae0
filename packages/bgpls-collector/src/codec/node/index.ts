import type { NodeRecord } from '@segchain/records'
import { misplacedTlv, msdTlv } from '../msd.js'
import { opaqueTlv } from '../opaque.js'
import { ownRouterIds } from '../router-ids.js'
import { spfTlvs } from '../spf.js'
import { srv6Capabilities } from '../srv6/capabilities.js'
import { registry } from '../tlv.js'
import { srAlgorithms, srmsPreference } from './algorithms.js'
import { flexAlgoDefinition } from './flex-algo-definition.js'
import { isisArea, multiTopologies, nodeFlags, nodeName, sbfdDiscriminators } from './node-properties.js'
import { srCapabilities, srLocalBlock } from './sr-capabilities.js'

const msds = msdTlv<NodeRecord>(266)

/** What the BGP-LS Attribute may say about a node. */
export const nodeTlvs = registry<NodeRecord>(
  multiTopologies,
  msds,
  nodeFlags,
  opaqueTlv(1025),
  nodeName,
  isisArea,
  ...ownRouterIds<NodeRecord>(),
  sbfdDiscriminators,
  srCapabilities,
  srAlgorithms,
  srLocalBlock,
  srmsPreference,
  srv6Capabilities,
  flexAlgoDefinition,
  ...spfTlvs<NodeRecord>(),
  misplacedTlv(1050, msds, 'early draft of RFC 8814'),
)
