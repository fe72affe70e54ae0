export { ConfigShow as default } from '../../../../src/setup/index.js'
