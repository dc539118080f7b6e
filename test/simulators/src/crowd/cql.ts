import type { Person, Team } from './realm.ts'

type Entity = Person | Team
type Predicate = (entity: Entity) => boolean

/**
 * The search language: comparisons of properties with `=`, `<` or `>`, joined by `and`, `or`, `not` and parentheses; `*` in a
 * value stands for any text, a backslash takes the meaning from what follows (Crowd REST, calls). Gives undefined for
 * what is not in the language.
 */
export function parseCql(text: string): Predicate | undefined {
  const tokens = tokensOf(text)
  if (!tokens) return undefined
  const parser = createParser(tokens)
  const predicate = parser.either()
  return predicate && parser.isAtEnd() ? predicate : undefined
}

interface Token {
  readonly kind: 'sign' | 'word' | 'quoted'
  readonly text: string
}

function tokensOf(text: string): Token[] | undefined {
  const pattern = /\s*(?:([()=<>])|"((?:[^"\\]|\\.)*)"|([^\s()=<>"]+))/y
  const tokens: Token[] = []
  const end = text.trimEnd().length
  while (pattern.lastIndex < end) {
    const found = pattern.exec(text)
    if (!found) return undefined
    const [, sign, quoted, word] = found
    if (sign !== undefined) tokens.push({ kind: 'sign', text: sign })
    else if (quoted !== undefined) tokens.push({ kind: 'quoted', text: quoted })
    else tokens.push({ kind: 'word', text: word ?? '' })
  }
  return tokens
}

function createParser(tokens: readonly Token[]) {
  let at = 0
  const accept = (text: string, kind: Token['kind'] = 'word'): boolean => {
    const token = tokens[at]
    const fits = token?.kind === kind && token.text.toLowerCase() === text
    if (fits) at += 1
    return fits
  }

  function either(): Predicate | undefined {
    let left = both()
    while (left && accept('or')) {
      const [first, second] = [left, both()]
      left = second && ((entity) => first(entity) || second(entity))
    }
    return left
  }
  function both(): Predicate | undefined {
    let left = one()
    while (left && accept('and')) {
      const [first, second] = [left, one()]
      left = second && ((entity) => first(entity) && second(entity))
    }
    return left
  }
  function one(): Predicate | undefined {
    if (accept('not')) {
      const negated = one()
      return negated && ((entity) => !negated(entity))
    }
    if (!accept('(', 'sign')) return comparison()
    const inner = either()
    return accept(')', 'sign') ? inner : undefined
  }
  function comparison(): Predicate | undefined {
    const [property, sign, value] = tokens.slice(at, at + 3)
    if (property?.kind !== 'word' || sign?.kind !== 'sign' || !value || value.kind === 'sign') return undefined
    at += 3
    return sign.text === '=' ? equality(property.text, value.text) : order(property.text, sign.text, value.text)
  }
  return { either, isAtEnd: () => at === tokens.length }
}

function equality(property: string, value: string): Predicate {
  const pattern = patternOf(value)
  return (entity) => valuesOf(entity, property).some((each) => pattern.test(each))
}

/** Only dates have an order. */
function order(property: string, sign: string, value: string): Predicate | undefined {
  const limit = Date.parse(value)
  if (!isDate(property) || Number.isNaN(limit)) return undefined
  const later = sign === '>'
  return (entity) => {
    const at = property === 'createdDate' ? entity.createdAt : entity.updatedAt
    return later ? at > limit : at < limit
  }
}

const isDate = (property: string): boolean => property === 'createdDate' || property === 'updatedDate'

/** Comparison ignores case (Data Center, names). */
function patternOf(value: string): RegExp {
  const source = value.replace(/\\(.)|(\*)|[^\\*]+/gsu, (text, quoted?: string, any?: string) =>
    any ? '.*' : (quoted ?? text).replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'),
  )
  return new RegExp(`^${source}$`, 'isu')
}

/** Names that are no property are attributes of the user or group [believed]. */
function valuesOf(entity: Entity, property: string): readonly string[] {
  if (property === 'name') return [entity.name]
  if (property === 'active') return [String(entity.active)]
  if (property === 'description') return 'description' in entity ? [entity.description ?? ''] : []
  if (isDate(property))
    return [new Date(property === 'createdDate' ? entity.createdAt : entity.updatedAt).toISOString()]
  if (property in personal) return 'email' in entity ? [entity[personal[property as keyof typeof personal]] ?? ''] : []
  return entity.attributes.get(property) ?? []
}

const personal = { email: 'email', firstName: 'firstName', lastName: 'lastName', displayName: 'displayName' } as const
