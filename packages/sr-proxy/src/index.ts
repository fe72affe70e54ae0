export { type Endpoint, ProxyClient, type ProxyInfo } from './api/client.js'
export type { Change } from './daemon/changes.js'
export { type DropReason, dropReasons } from './drop-reasons.js'
export { Tables } from './tables/schema.js'
