export { ConfigShow as default } from '@segchain/cli-kit/setup'
