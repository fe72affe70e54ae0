import { attributeOf, NETCONF_BASE, type XmlElement } from '@segchain/netconf-push'
import { DeviceError } from './device-error.js'
import type { ListKeys } from './list-keys.js'

export type Operation = 'merge' | 'replace' | 'create' | 'delete' | 'remove' | 'none'

/**
 * Applies an edit-config (RFC 6241 §7.2) to a tree, which stays as it is: the result is a new one.
 *
 * @throws {DeviceError} data-exists, data-missing, bad-attribute, missing-element.
 */
export function applyEdit(root: XmlElement, config: XmlElement, initial: Operation, keys: ListKeys): XmlElement {
  return { ...root, children: editChildren(root.children, config.children, initial, '', keys) }
}

function editChildren(
  existing: readonly XmlElement[],
  edits: readonly XmlElement[],
  inherited: Operation,
  path: string,
  keys: ListKeys,
): XmlElement[] {
  const result = new Map(existing.map((child) => [identify(child, path, keys), child]))
  for (const edit of edits) {
    const identity = identify(edit, path, keys)
    const edited = editOne(result.get(identity), edit, inherited, `${path}/${edit.name}`, keys)
    if (edited === undefined) result.delete(identity)
    else result.set(identity, edited)
  }
  return [...result.values()]
}

function editOne(
  existing: XmlElement | undefined,
  edit: XmlElement,
  inherited: Operation,
  path: string,
  keys: ListKeys,
): XmlElement | undefined {
  const operation = operationOf(edit, path) ?? inherited
  switch (operation) {
    case 'delete':
      if (existing === undefined) throw new DeviceError('data-missing', `${edit.name} does not exist`, { path })
      return undefined
    case 'remove':
      return undefined
    case 'create':
      if (existing !== undefined) throw new DeviceError('data-exists', `${edit.name} exists already`, { path })
      return plain(edit, path, keys)
    case 'replace':
      return plain(edit, path, keys)
    default: {
      if (operation === 'none' && existing === undefined) {
        throw new DeviceError('data-missing', `${edit.name} does not exist`, { path })
      }
      const before = existing ?? { ...edit, attributes: [], children: [], text: '' }
      if (edit.children.length === 0) {
        return operation === 'none' ? before : { ...before, text: edit.text, scope: edit.scope }
      }
      return { ...before, children: editChildren(before.children, edit.children, operation, path, keys) }
    }
  }
}

/** The subtree without its attributes; operations below a new or replacing node still count. */
function plain(edit: XmlElement, path: string, keys: ListKeys): XmlElement {
  return { ...edit, attributes: [], children: editChildren([], edit.children, 'merge', path, keys) }
}

function operationOf(edit: XmlElement, path: string): Operation | undefined {
  const value = attributeOf(edit, 'operation', NETCONF_BASE)
  if (value === undefined || ['merge', 'replace', 'create', 'delete', 'remove'].includes(value)) {
    return value as Operation | undefined
  }
  throw new DeviceError('bad-attribute', `there is no operation ${value}`, { type: 'protocol', path })
}

function identify(element: XmlElement, parent: string, keys: ListKeys): string {
  const path = `${parent}/${element.name}`
  const its = keys.get(path)
  if (its === undefined) return `${element.namespace} ${element.name}`
  if (its.length === 0) return JSON.stringify([element.namespace, element.name, element.text.trim()])
  return JSON.stringify([
    element.namespace,
    element.name,
    ...its.map((key) => {
      const leaf = element.children.find((child) => child.name === key)
      if (leaf === undefined) {
        throw new DeviceError('missing-element', `${element.name} lacks its key ${key}`, {
          path,
          info: `<bad-element>${key}</bad-element>`,
        })
      }
      // An identity is compared without the prefix, which each document may choose.
      return leaf.text.trim().replace(/^[A-Za-z_][\w.-]*:(?=[A-Za-z_])/, '')
    }),
  ])
}
