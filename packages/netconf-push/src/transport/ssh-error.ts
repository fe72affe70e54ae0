import { SegchainError } from '@segchain/records'

interface SshFailure {
  readonly message: string
  readonly level?: string
  readonly code?: string
}

export const TOO_MANY_KEYS = 'TOO_MANY_KEYS'

/** What ssh2 and the socket say, told apart: refused, unreachable, name, time, authentication, key exchange. */
export function sshError(failure: SshFailure, host: string, port: number): SegchainError {
  const { code, message, hint } = explain(failure, `${host}:${port}`)
  return new SegchainError({ category: 'connect', code, message, hint, cause: failure })
}

function explain(failure: SshFailure, target: string): { code: string; message: string; hint: string } {
  if (failure.level === 'client-authentication') {
    return {
      code: 'AUTHENTICATION',
      message: `${target} accepts none of our keys`,
      hint: 'add the key to the SSH agent (ssh-add), or name keyFile or passwordFile in the Device intent',
    }
  }
  if (/too many authentication failures/i.test(failure.message)) {
    return {
      code: TOO_MANY_KEYS,
      message: `${target} ended the connection after too many keys`,
      hint: 'the SSH agent holds more keys than the device tries: name keyFile in the Device intent, or take some out (ssh-add -d)',
    }
  }
  if (failure.level === 'client-timeout' || failure.code === 'ETIMEDOUT') {
    return {
      code: 'CONNECT_TIMEOUT',
      message: `no SSH connection to ${target} in time`,
      hint: 'is the address right, and no filter between?',
    }
  }
  if (failure.code === 'ECONNREFUSED') {
    return {
      code: 'REFUSED',
      message: `${target} refuses the connection`,
      hint: 'nothing listens there: is NETCONF over SSH on (port 830), and the port right?',
    }
  }
  if (failure.code === 'ENOTFOUND' || failure.code === 'EAI_AGAIN') {
    return {
      code: 'NAME',
      message: `the name in ${target} has no address`,
      hint: 'correct the address in the Device intent',
    }
  }
  if (failure.code === 'EHOSTUNREACH' || failure.code === 'ENETUNREACH') {
    return { code: 'UNREACHABLE', message: `no route to ${target}`, hint: 'look at the management network' }
  }
  if (/no matching|handshake/i.test(failure.message)) {
    return {
      code: 'KEY_EXCHANGE',
      message: `no SSH algorithm in common with ${target}: ${failure.message}`,
      hint: 'ssh -vv shows what the device offers: with SHA-1, CBC or post-quantum algorithms alone it is not reached',
    }
  }
  return {
    code: 'SSH',
    message: `SSH to ${target} failed: ${failure.message}`,
    hint: 'try ssh with the same address, port and user',
  }
}
