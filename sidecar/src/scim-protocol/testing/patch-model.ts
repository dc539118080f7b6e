/**
 * RFC 7644 3.5.2 as plainly as it can be said, for a few attributes of a user, with what clients expect beyond it: an element that
 * nobody matches is made from the filter, a pair of value and type does not repeat, and "" is no value. Slow, and shares nothing
 * with the product.
 */
export type ModelElement = Record<string, string | boolean>

export interface ModelUser {
  [name: string]: string | ModelElement | ModelElement[]
}

export interface ModelOperation {
  readonly op: 'add' | 'replace' | 'remove'
  readonly attribute: 'title' | 'userName' | 'name' | 'emails'
  /** Of `emails`: what the element must say, joined by and. */
  readonly where?: Readonly<Record<string, string>>
  readonly sub?: string
  readonly value?: string | boolean | ModelElement | readonly ModelElement[]
}

/** The user after the operations; undefined when one of them is refused. */
export function patchModel(user: ModelUser, operations: readonly ModelOperation[]): ModelUser | undefined {
  let after = structuredClone(user)
  for (const operation of operations) {
    const next = step(after, operation)
    if (next === undefined) return undefined
    after = next
  }
  return after
}

function step(user: ModelUser, operation: ModelOperation): ModelUser | undefined {
  const after = structuredClone(user)
  const { op, attribute, value } = operation
  if (attribute === 'emails') {
    const emails = stepEmails(structuredClone((user.emails as ModelElement[]) ?? []), operation)
    if (emails === undefined) return undefined
    if (emails.length > 0) after.emails = emails
    else delete after.emails
    return after
  }
  if (attribute === 'name') {
    const name = { ...((user.name as ModelElement) ?? {}) }
    const given = operation.sub === undefined ? ((value ?? {}) as ModelElement) : { [operation.sub]: value as string }
    if (op === 'remove' && operation.sub === undefined) for (const key of Object.keys(name)) delete name[key]
    else if (op === 'remove') delete name[operation.sub as string]
    else assign(name, given)
    if (Object.keys(name).length > 0) after.name = name
    else delete after.name
    return after
  }
  if (op !== 'remove' && value !== '') after[attribute] = value as string
  else if (attribute === 'userName') return undefined
  else delete after[attribute]
  return after
}

function stepEmails(emails: ModelElement[], operation: ModelOperation): ModelElement[] | undefined {
  const { op, where, sub, value } = operation
  if (where === undefined && sub === undefined) {
    if (op === 'remove') return []
    const given = value as readonly ModelElement[]
    const cleaned = given.map((element) => assign({}, element)).filter(saysSomething)
    if (cleaned.filter(({ primary }) => primary === true).length > 1) return undefined
    return onePrimary(
      distinct(op === 'add' ? [...emails, ...cleaned] : cleaned),
      cleaned.filter(({ primary }) => primary === true),
    )
  }
  const isMeant = (element: ModelElement) =>
    Object.entries(where ?? {}).every(([key, wanted]) => fold(element[key]) === fold(wanted))
  const meant = emails.filter(isMeant)
  if (op === 'remove' && sub === undefined) return emails.filter((element) => !meant.includes(element))
  if (where === undefined && op !== 'remove' && emails.length > 1) return undefined
  const given = sub === undefined ? (value as ModelElement) : { [sub]: op === 'remove' ? '' : (value as string) }
  if (meant.length === 0) {
    const made = assign({ ...where }, given)
    if (op === 'remove' || Object.keys(assign({}, given)).length === 0) return emails
    if (!saysSomething(made)) return emails
    return onePrimary(distinct([...emails, made]), made.primary === true ? [made] : [])
  }
  for (const element of meant) {
    if (op === 'replace' && sub === undefined) {
      for (const key of Object.keys(element)) if (!(key in (where ?? {}))) delete element[key]
    }
    assign(element, given)
  }
  const primaries = given.primary === true ? structuredClone(meant) : []
  return onePrimary(distinct(emails.filter(saysSomething)), primaries)
}

function assign(element: ModelElement, given: ModelElement): ModelElement {
  for (const [key, value] of Object.entries(given)) {
    if (value === '') delete element[key]
    else element[key] = value
  }
  return element
}

const saysSomething = (element: ModelElement) =>
  Object.entries(element).some(([key, value]) => key !== 'primary' || value !== false)

const fold = (value: unknown) => (typeof value === 'string' ? value.toLowerCase() : value)

function same(a: ModelElement, b: ModelElement): boolean {
  if (a.value !== undefined || b.value !== undefined) {
    return fold(a.value) === fold(b.value) && fold(a.type ?? '') === fold(b.type ?? '')
  }
  return fold(a.type ?? '') === fold(b.type ?? '') && fold(a.display) === fold(b.display)
}

function distinct(elements: readonly ModelElement[]): ModelElement[] {
  const result: ModelElement[] = []
  for (const element of elements) {
    const known = result.find((other) => same(other, element))
    if (known === undefined) result.push(structuredClone(element))
    else {
      // An absent primary is false: saying so again is not a change.
      const { primary, ...others } = element
      Object.assign(known, others)
      if (primary === true || (primary === false && known.primary === true)) known.primary = primary
    }
  }
  return result
}

/** The one that became primary wins; if several did, nobody knows which was meant. */
function onePrimary(elements: ModelElement[], touched: readonly ModelElement[]): ModelElement[] | undefined {
  if (elements.filter(({ primary }) => primary === true).length < 2) return elements
  const winners = elements.filter((element) => touched.some((other) => same(element, other)))
  if (winners.length !== 1) return undefined
  for (const element of elements) if (element.primary === true && !winners.includes(element)) element.primary = false
  return elements.filter(saysSomething)
}
