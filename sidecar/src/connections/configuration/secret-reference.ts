import { readFileSync } from 'node:fs'
import type { TSchema } from 'typebox'
import { Problem } from '../../problem/problem.ts'
import { configurationProblems } from './configuration-problems.ts'

const environmentReference = /^\$\{([A-Za-z_][A-Za-z0-9_]*)\}$/
const fileReference = /^file:(.+)$/

/** True for `${NAME}` and `file:/path`. References are stored as they are and resolved when a connection opens. */
export const isReference = (text: string): boolean => environmentReference.test(text) || fileReference.test(text)

/** A schema property that holds a secret says `secret: true`. */
const isSecret = (schema: TSchema): boolean => 'secret' in schema && schema.secret === true

/** Paths of secrets that stand in the settings as plain text. */
export function plainSecrets(schema: TSchema, value: unknown, path: Path = []): Path[] {
  const found: Path[] = []
  visitTexts(schema, value, path, (text, secret, at) => {
    if (secret && !isReference(text)) found.push(at)
    return text
  })
  return found
}

/**
 * The settings with every reference replaced by what it points at; a certificate may be one as well as a secret.
 * Throws `secret_unresolved`, naming the reference and never a value.
 */
export const resolveReferences = (schema: TSchema, value: unknown, environment: NodeJS.ProcessEnv): unknown =>
  visitTexts(schema, value, [], (text) => (isReference(text) ? resolveReference(text, environment) : text))

function resolveReference(reference: string, environment: NodeJS.ProcessEnv): string {
  const variable = environmentReference.exec(reference)?.[1]
  if (variable) {
    const value = environment[variable]
    if (value) return value
    throw new Problem(configurationProblems.secret_unresolved, `The environment variable ${variable} is not set.`)
  }
  const path = fileReference.exec(reference)?.[1] ?? ''
  try {
    return readFileSync(path, 'utf8').trimEnd()
  } catch (cause) {
    throw new Problem(configurationProblems.secret_unresolved, `The secret file ${path} cannot be read.`, { cause })
  }
}

type Path = readonly (string | number)[]
type Visit = (text: string, secret: boolean, path: Path) => string

/** Copies `value`, passing each text through `visit` together with what its schema says of it. */
function visitTexts(schema: TSchema | undefined, value: unknown, path: Path, visit: Visit): unknown {
  if (typeof value === 'string') return visit(value, schema !== undefined && isSecret(schema), path)
  if (Array.isArray(value)) {
    const items = schema && 'items' in schema ? (schema.items as TSchema) : undefined
    return value.map((item, index) => visitTexts(items, item, [...path, index], visit))
  }
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, inner]) => {
    const property = schema && propertySchema(schema, key)
    return [key, visitTexts(property, inner, [...path, key], visit)]
  })
  return Object.fromEntries(entries)
}

/** The schema of a property, looking through unions: a secret of any variant is a secret. */
function propertySchema(schema: TSchema, key: string): TSchema | undefined {
  const own = 'properties' in schema ? (schema.properties as Record<string, TSchema>)[key] : undefined
  if (own) return own
  const variants = ['anyOf', 'allOf'].flatMap((word) =>
    word in schema ? ((schema as Record<string, TSchema[]>)[word] ?? []) : [],
  )
  const candidates = variants.map((variant) => propertySchema(variant, key)).filter((found) => found !== undefined)
  return candidates.find(isSecret) ?? candidates[0]
}
