/** gobgpd's configuration for one neighbour on loopback that connects to it, and speaks link state. */
export const gobgpForOne = (port: number): string => `
[global.config]
  as = 65000
  router-id = "10.0.0.9"
  port = ${port}
  local-address-list = ["127.0.0.1"]
[[neighbors]]
  [neighbors.config]
    neighbor-address = "127.0.0.1"
    peer-as = 65000
  [neighbors.transport.config]
    passive-mode = true
  [[neighbors.afi-safis]]
    [neighbors.afi-safis.config]
      afi-safi-name = "ls"
`
