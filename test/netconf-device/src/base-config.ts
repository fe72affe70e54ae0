/** What a router has before segchain comes: an IS-IS instance. */
export function baseConfig(igpInstance = 'default'): string {
  return (
    '<routing xmlns="urn:ietf:params:xml:ns:yang:ietf-routing"><control-plane-protocols><control-plane-protocol>' +
    `<type xmlns:isis="urn:ietf:params:xml:ns:yang:ietf-isis">isis:isis</type><name>${igpInstance}</name>` +
    '<isis xmlns="urn:ietf:params:xml:ns:yang:ietf-isis"><area-address>49.0001</area-address></isis>' +
    '</control-plane-protocol></control-plane-protocols></routing>'
  )
}
