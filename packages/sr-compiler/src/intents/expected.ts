/** The value at a path of plain data; undefined where there is none. */
export function valueAt(value: unknown, path: readonly string[]): unknown {
  let at = value
  for (const part of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, part)) return undefined
    at = (at as Record<string, unknown>)[part]
  }
  return at
}

/** What a JSON Schema asks for, in words: `a whole number from 1 to 65535`. */
export function expected(schema: unknown): string {
  if (typeof schema !== 'object' || schema === null) return 'nothing'
  const { type, description } = schema as { type?: unknown; description?: unknown }
  const form = formOf(schema as Readonly<Record<string, unknown>>, type)
  if (typeof description !== 'string') return form
  return form === 'a text' ? description : `${form}; ${description}`
}

function formOf(schema: Readonly<Record<string, unknown>>, type: unknown): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (Array.isArray(schema.enum)) return oneOf(schema.enum.map((value) => JSON.stringify(value)))
  if (Array.isArray(schema.anyOf)) return oneOf(schema.anyOf.map((form) => formOf(form, form.type)))
  switch (type) {
    case 'integer':
      return `a whole number${range(schema.minimum, schema.maximum)}`
    case 'number':
      return `a number${range(schema.minimum, schema.maximum)}`
    case 'string':
      return 'a text'
    case 'boolean':
      return 'true or false'
    case 'array':
      return `a list ([${itemOf(schema.items)}, …])`
    case 'object':
      return fieldsOf(schema)
    default:
      return 'another value'
  }
}

function oneOf(forms: readonly string[]): string {
  return forms.length < 2 ? forms.join() : `${forms.slice(0, -1).join(', ')} or ${forms.at(-1)}`
}

function range(from: unknown, to: unknown): string {
  const least = typeof from === 'number' ? ` from ${from}` : ''
  return typeof to === 'number' && to < Number.MAX_SAFE_INTEGER
    ? `${least} to ${to}`
    : least === ''
      ? ''
      : `${least} on`
}

function itemOf(items: unknown): string {
  const type = valueAt(items, ['type'])
  return type === 'object' ? '{…}' : type === 'integer' ? '1' : 'name'
}

function fieldsOf(schema: Readonly<Record<string, unknown>>): string {
  const names = Object.keys((schema.properties ?? {}) as object)
  const required = Array.isArray(schema.required) ? schema.required.map(String) : []
  if (names.length === 0) return 'a mapping ({name: value, …})'
  const first = names.filter((name) => required.includes(name)).map((name) => `${name}: …`)
  const others = names.filter((name) => !required.includes(name))
  const may = others.length === 0 ? '' : `, which may have ${others.join(', ')}`
  return `a mapping ({${first.join(', ')}})${may}`
}
