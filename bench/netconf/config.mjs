const urn = 'urn:ietf:params:xml:ns:yang:ietf'

/** One prefix-SID with this index, as content of edit-config. */
export function config(index) {
  return `<routing xmlns="${urn}-routing"><segment-routing xmlns="${urn}-segment-routing"><sr-mpls xmlns="${urn}-segment-routing-mpls"><bindings><connected-prefix-sid-map><connected-prefix-sid><prefix>10.254.0.1/32</prefix><algorithm xmlns:c="${urn}-segment-routing-common">c:prefix-sid-algorithm-shortest-path</algorithm><start-sid>${index}</start-sid></connected-prefix-sid></connected-prefix-sid-map></bindings></sr-mpls></segment-routing></routing>`
}

/** Transactions before the clock starts, in every client. */
export const WARM_UP = 50
