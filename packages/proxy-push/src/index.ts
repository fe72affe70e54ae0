export { type ProxyDevice, parseProxyDevices } from './devices.js'
export { mergePlan, tablesOfPlan } from './plan-tables.js'
