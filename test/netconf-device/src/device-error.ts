import { escapeText, tag } from '@segchain/netconf-push'

/** An rpc-error to be (RFC 6241 §4.3, appendix A). */
export class DeviceError extends Error {
  readonly tag: string
  readonly type: string
  readonly path: string | undefined
  readonly info: string

  constructor(errorTag: string, message: string, details: { type?: string; path?: string; info?: string } = {}) {
    super(message)
    this.tag = errorTag
    this.type = details.type ?? 'application'
    this.path = details.path
    this.info = details.info ?? ''
  }

  toXml(): string {
    return tag(
      'rpc-error',
      {},
      [
        tag('error-type', {}, this.type),
        tag('error-tag', {}, this.tag),
        tag('error-severity', {}, 'error'),
        this.path === undefined ? '' : tag('error-path', {}, escapeText(this.path)),
        tag('error-message', { 'xml:lang': 'en' }, escapeText(this.message)),
        this.info === '' ? '' : tag('error-info', {}, this.info),
      ].join(''),
    )
  }
}
