export { type InventoryDevice, NETCONF_PORT } from './device.js'
export { loadInventory } from './load.js'
export { parseDevices } from './parse.js'
