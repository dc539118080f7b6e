import type { DirectoryObject } from '../tenant/directory-object.ts'
import type { EntityType } from './entity-types.ts'
import { badRequest, unsupportedQuery } from './graph-error.ts'

export type Predicate = (object: DirectoryObject) => boolean

const literal = `(?:'((?:[^']|'')*)'|(true|false|null))`
const comparison = new RegExp(String.raw`^(\w+) (eq|ne) ${literal}$`)
const prefix = /^startswith\(\s*(\w+)\s*,\s*'((?:[^']|'')*)'\s*\)$/i
const membership = /^(\w+) in \((.*)\)$/

/** The part of `$filter` that directory clients use: eq, ne, in, startswith, joined by `and` or by `or`. */
export function parseFilter(filter: string, type: EntityType): Predicate {
  const clauses = splitOutsideQuotes(filter.trim())
  const predicates = clauses.parts.map((part) => parseClause(part, type))
  return clauses.joint === 'or'
    ? (object) => predicates.some((predicate) => predicate(object))
    : (object) => predicates.every((predicate) => predicate(object))
}

/** Ids of a filter of a delta: only `id eq '...' or id eq '...'`, at most 50 (Microsoft Graph, delta). */
export function parseIdFilter(filter: string): string[] {
  const { parts, joint } = splitOutsideQuotes(filter.trim())
  const ids = parts.map((part) => /^id eq '([^']+)'$/i.exec(part)?.[1])
  if (joint === 'and' || ids.includes(undefined))
    throw unsupportedQuery(`The filter '${filter}' is not supported with delta.`)
  if (ids.length > 50) throw badRequest('Too many object ids were specified in the filter; at most 50 are supported.')
  return ids.flatMap((id) => id ?? [])
}

function parseClause(clause: string, type: EntityType): Predicate {
  const equal = comparison.exec(clause)
  if (equal) {
    const [, name = '', operator, text, word] = equal
    const value = word ? JSON.parse(word) : unquoted(text ?? '')
    const read = reader(name, type)
    return (object) => same(read(object), value) === (operator === 'eq')
  }
  const start = prefix.exec(clause)
  if (start) {
    const read = reader(start[1] ?? '', type)
    const value = unquoted(start[2] ?? '').toLowerCase()
    return (object) =>
      String(read(object) ?? '')
        .toLowerCase()
        .startsWith(value)
  }
  const list = membership.exec(clause)
  if (list) {
    const read = reader(list[1] ?? '', type)
    const values = [...(list[2] ?? '').matchAll(/'((?:[^']|'')*)'/g)].map((match) => unquoted(match[1] ?? ''))
    if (values.length > 15)
      throw badRequest('Too many child clauses specified in search filter expression: at most 15.')
    return (object) => values.some((value) => same(read(object), value))
  }
  throw badRequest(`Invalid filter clause: '${clause}'.`)
}

function reader(name: string, type: EntityType): (object: DirectoryObject) => unknown {
  if (!type.bySelect.has(name))
    throw badRequest(`Could not find a property named '${name}' on type 'microsoft.graph.${type.name}'.`)
  return (object) => (name === 'id' ? object.id : (object.properties[name] ?? null))
}

/** Strings are compared without regard to case in Entra. */
const same = (left: unknown, right: unknown): boolean =>
  typeof left === 'string' && typeof right === 'string' ? left.toLowerCase() === right.toLowerCase() : left === right

/** A quote inside of a string is doubled (Microsoft Graph, calls). */
const unquoted = (text: string): string => text.replaceAll("''", "'")

function splitOutsideQuotes(filter: string): { parts: string[]; joint: 'and' | 'or' | undefined } {
  const pieces = filter.split(/('(?:[^']|'')*')/)
  const marked = pieces.map((piece, index) => (index % 2 ? piece : piece.replace(/ (and|or) /gi, '\u0000$1\u0000')))
  const parts = marked.join('').split('\u0000')
  const joints = new Set(parts.filter((_, index) => index % 2 === 1).map((word) => word.toLowerCase()))
  if (joints.size > 1)
    throw unsupportedQuery(`The filter '${filter}' mixes 'and' and 'or', which this simulator does not read.`)
  const [joint] = joints
  return {
    parts: parts.filter((_, index) => index % 2 === 0),
    joint: joint === 'and' || joint === 'or' ? joint : undefined,
  }
}
