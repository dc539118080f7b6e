import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'

/** One thing wrong with a value: where (keys and indexes) and what. */
export interface Complaint {
  readonly path: readonly (string | number)[]
  readonly kind: 'keyUnknown' | 'keyMissing' | 'valueInvalid'
  /** Completes "`path` …", such as "must be true or false". */
  readonly text: string
}

interface Shape {
  readonly type?: string
  readonly properties?: Readonly<Record<string, TSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: unknown
  readonly items?: TSchema
  readonly anyOf?: readonly TSchema[]
  readonly const?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly minLength?: number
  readonly maxLength?: number
  readonly minItems?: number
  readonly pattern?: string
  /** Used for "exactly one of these keys". */
  readonly oneOf?: readonly { readonly required?: readonly string[] }[]
}

/**
 * Everything wrong with `value` in the words of an administrator, all at once. A validator's own messages say of a
 * union only that no variant fits; this follows the variant that was meant (by its literal, such as `mode: manual`).
 */
export function explainValue(schema: TSchema, value: unknown, path: Complaint['path'] = []): readonly Complaint[] {
  const valid: boolean = Value.Check(schema, value)
  if (valid) return []
  const shape: Shape = schema
  if (shape.anyOf) return explainUnion(shape.anyOf, value, path)
  if (shape.properties && isRecord(value)) {
    const complaints = explainObject(shape, value, path)
    return complaints.length > 0 ? complaints : explainChoice(shape, path)
  }
  if (shape.items && Array.isArray(value) && value.length >= (shape.minItems ?? 0)) {
    const { items } = shape
    return value.flatMap((item, index) => explainValue(items, item, [...path, index]))
  }
  return [{ path, kind: 'valueInvalid', text: `must be ${describe(shape)}` }]
}

function explainObject(shape: Shape, value: Record<string, unknown>, path: Complaint['path']): Complaint[] {
  const properties = shape.properties ?? {}
  const unknown = Object.keys(value).filter((key) => shape.additionalProperties === false && !(key in properties))
  const missing = (shape.required ?? []).filter((key) => value[key] === undefined)
  const known = Object.entries(properties).filter(([key]) => value[key] !== undefined)
  return [
    ...unknown.map(
      (key): Complaint => ({ path: [...path, key], kind: 'keyUnknown', text: meant(key, Object.keys(properties)) }),
    ),
    ...missing.map((key): Complaint => ({ path: [...path, key], kind: 'keyMissing', text: 'is missing' })),
    ...known.flatMap(([key, schema]) => explainValue(schema, value[key], [...path, key])),
  ]
}

/** What remains when every key is right by itself: not exactly one of the keys that exclude each other. */
function explainChoice({ oneOf = [] }: Shape, path: Complaint['path']): Complaint[] {
  const keys = oneOf.flatMap(({ required = [] }) => required.map((key) => `\`${key}\``))
  return [{ path, kind: 'valueInvalid', text: `must have exactly one of ${listed(keys)}` }]
}

function explainUnion(variants: readonly TSchema[], value: unknown, path: Complaint['path']): readonly Complaint[] {
  const objects = variants.filter((variant: Shape) => variant.properties)
  if (isRecord(value) && objects.length > 0) {
    const intended = objects.filter((variant) => literalsFit(variant, value))
    if (intended[0] && intended.length === 1) return explainValue(intended[0], value, path)
    const tag = tagOf(objects)
    if (tag) return [{ path: [...path, tag.key], kind: 'valueInvalid', text: `must be ${listed(tag.values)}` }]
  }
  return [{ path, kind: 'valueInvalid', text: `must be ${listed(variants.map((variant) => describe(variant)))}` }]
}

/** True if every literal property of the variant has its value: the variant that was meant. */
const literalsFit = (variant: Shape, value: Record<string, unknown>) =>
  Object.entries(variant.properties ?? {}).every(([key, schema]: [string, Shape]) =>
    schema.const === undefined ? true : value[key] === schema.const,
  )

function tagOf(variants: readonly Shape[]): { key: string; values: string[] } | undefined {
  const keys = Object.keys(variants[0]?.properties ?? {})
  const literal = (variant: Shape, key: string): unknown => (variant.properties?.[key] as Shape | undefined)?.const
  const key = keys.find((name) => variants.every((variant) => literal(variant, name) !== undefined))
  return key === undefined ? undefined : { key, values: variants.map((variant) => `\`${literal(variant, key)}\``) }
}

function describe(shape: Shape): string {
  if (shape.anyOf) return listed(shape.anyOf.map((variant) => describe(variant)))
  if (shape.const !== undefined) return `\`${shape.const}\``
  if (shape.type === 'boolean') return 'true or false'
  if (shape.type === 'integer' || shape.type === 'number')
    return `a ${shape.type === 'integer' ? 'whole ' : ''}number${between(shape)}`
  if (shape.type === 'array') return shape.minItems ? `a list with at least ${shape.minItems} entry` : 'a list'
  if (shape.type === 'object') return 'a group of keys'
  if (shape.pattern) return `a text of the form ${shape.pattern}`
  if (shape.maxLength) return `a text of at most ${shape.maxLength} characters${shape.minLength ? ', not empty' : ''}`
  return shape.minLength ? 'a text, not empty' : 'a text'
}

const between = ({ minimum, maximum }: Shape) =>
  minimum === undefined ? '' : maximum === undefined ? ` from ${minimum}` : ` from ${minimum} to ${maximum}`

const listed = (words: readonly string[]) =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`

function meant(key: string, known: readonly string[]): string {
  const near = known.find((name) => distance(name.toLowerCase(), key.toLowerCase()) <= 2)
  return near ? `is not a known key; did you mean \`${near}\`?` : `is not a known key; known here: ${known.join(', ')}`
}

/** Levenshtein distance, small words only. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1]
    for (const [j, other] of [...b].entries()) {
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)))
    }
    row = next
  }
  return row[b.length] ?? 0
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
