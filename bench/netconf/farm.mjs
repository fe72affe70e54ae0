// Embedded devices, until stdin ends. usage: farm.mjs COUNT; prints their ports and keys as JSON.
const { startDevice, generateKeyPair } = await import('../../test/netconf-device/dist/src/index.js')

const keys = generateKeyPair()
const hostKey = generateKeyPair().private
const devices = []
for (let index = 0; index < Number(process.argv[2]); index++) {
  devices.push(await startDevice({ authorizedKeys: [keys.public], hostKey }))
}
const ports = devices.map(({ port }) => port)
const knownHosts = devices.map(({ hostKeyLine }) => hostKeyLine).join('\n')
console.log(JSON.stringify({ ports, knownHosts, key: keys.private }))
process.stdin.resume().on('end', () => process.exit())
