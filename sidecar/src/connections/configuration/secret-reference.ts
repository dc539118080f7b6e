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
export function plainSecrets(schema: TSchema, value: unknown, path: readonly (string | number)[] = []) {
  const found: (readonly (string | number)[])[] = []
  visitSecrets(schema, value, path, (secret, at) => {
    if (!isReference(secret)) found.push(at)
    return secret
  })
  return found
}

/**
 * The settings with every secret read from where its reference points.
 * Throws `secret_unresolved`, naming the reference and never a value.
 */
export const resolveSecrets = (schema: TSchema, value: unknown, environment: NodeJS.ProcessEnv): unknown =>
  visitSecrets(schema, value, [], (secret) => resolveReference(secret, environment))

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

type Visit = (secret: string, path: readonly (string | number)[]) => string

/** Copies `value`, passing each text under a secret property of the schema through `visit`. */
function visitSecrets(schema: TSchema, value: unknown, path: readonly (string | number)[], visit: Visit): unknown {
  if (typeof value === 'string') return isSecret(schema) ? visit(value, path) : value
  if (Array.isArray(value)) {
    const items: TSchema | undefined = 'items' in schema ? (schema.items as TSchema) : undefined
    return items ? value.map((item, index) => visitSecrets(items, item, [...path, index], visit)) : value
  }
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([key, inner]) => {
    const property = propertySchema(schema, key)
    return [key, property ? visitSecrets(property, inner, [...path, key], visit) : inner]
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
