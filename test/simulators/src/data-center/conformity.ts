import type { Operation, ValueKind } from './operation.ts'

/** What an operation says about query and body. */
type Described = Pick<Operation, 'query' | 'required' | 'body'>

/** What of this request the official description does not allow, or undefined. */
export function nonconformity(
  operation: Described,
  query: Readonly<Record<string, string | string[]>>,
  text: string,
  body: unknown,
): string | undefined {
  return queryFault(operation, query) ?? bodyFault(operation, text, body)
}

function queryFault(operation: Described, query: Readonly<Record<string, string | string[]>>): string | undefined {
  for (const [name, value] of Object.entries(query)) {
    const kind = operation.query?.[name]
    if (kind === undefined) return `query parameter '${name}' is not described`
    if (Array.isArray(value) && kind !== 'strings') return `query parameter '${name}' is given more than once`
    if (!queryFits(kind, String(value))) return `query parameter '${name}' is not of type ${kind}`
  }
  const absent = operation.required?.find((name) => query[name] === undefined)
  return absent === undefined ? undefined : `query parameter '${absent}' is required`
}

function queryFits(kind: ValueKind, value: string): boolean {
  if (kind === 'integer') return /^-?\d+$/.test(value)
  if (kind === 'boolean') return value === 'true' || value === 'false'
  return true
}

function bodyFault(operation: Described, text: string, body: unknown): string | undefined {
  if (operation.body === undefined) return text === '' ? undefined : 'a body is not described'
  if (body === undefined) return text === '' ? 'the body is missing' : 'the body is not JSON'
  if (operation.body === 'anyJson') return undefined
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return 'the body is not a JSON object'
  for (const [name, value] of Object.entries(body)) {
    const kind = operation.body[name]
    if (kind === undefined) return `body property '${name}' is not described`
    if (!bodyFits(kind, value)) return `body property '${name}' is not of type ${kind}`
  }
  return undefined
}

function bodyFits(kind: ValueKind, value: unknown): boolean {
  switch (kind) {
    case 'any':
      return true
    case 'string':
      return typeof value === 'string'
    case 'boolean':
      return typeof value === 'boolean'
    // Jira takes "true" and "false" as well (Jira REST, users).
    case 'looseBoolean':
      return typeof value === 'boolean' || value === 'true' || value === 'false'
    case 'integer':
      return Number.isInteger(value)
    case 'strings':
      return Array.isArray(value) && value.every((each) => typeof each === 'string')
  }
}
