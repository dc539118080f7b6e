import fc from 'fast-check'
import { expect, test } from 'vitest'
import { applyPatch } from './apply-patch.ts'
import { planGroupPatch } from './group-patch.ts'
import { parsePatch } from './patch-message.ts'
import type { ScimAttributes } from './resource.ts'
import { ScimError } from './scim-error.ts'
import { applyMemberChanges } from './testing/apply-member-changes.ts'
import { type ModelElement, type ModelOperation, type ModelUser, patchModel } from './testing/patch-model.ts'

const type = fc.constantFrom('work', 'home', 'Work')
const address = fc.constantFrom('a@x', 'A@x', 'b@x', '')
const display = fc.constantFrom('x', 'y', '')
const element: fc.Arbitrary<ModelElement> = fc
  .record({ type, value: address, display, primary: fc.boolean() }, { requiredKeys: [] })
  .map((record): ModelElement => ({ ...record }))
const verb = fc.constantFrom('add' as const, 'replace' as const, 'remove' as const)
const where = fc
  .record({ type, value: fc.constantFrom('a@x', 'B@x') }, { requiredKeys: [] })
  .filter((terms) => Object.keys(terms).length > 0)

const simpleOperation = fc.record({
  op: verb,
  attribute: fc.constantFrom('title' as const, 'userName' as const),
  value: fc.constantFrom('p', 'q', ''),
})
const nameOperation = fc.oneof(
  fc.record({
    op: verb,
    attribute: fc.constant('name' as const),
    sub: fc.constantFrom('givenName', 'familyName'),
    value: fc.constantFrom('p', 'q', ''),
  }),
  fc.record({
    op: verb,
    attribute: fc.constant('name' as const),
    value: fc.dictionary(fc.constantFrom('givenName', 'familyName'), fc.constantFrom('p', 'q', '')),
  }),
)
const emails = { op: verb, attribute: fc.constant('emails' as const) }
const subValue = fc.oneof(
  fc.record({ sub: fc.constant('primary'), value: fc.boolean() }),
  fc.record({ sub: fc.constant('value'), value: address }),
  fc.record({ sub: fc.constantFrom('type', 'display'), value: display }),
)
const listOperation = fc.oneof(
  fc.record({ ...emails, value: fc.array(element, { maxLength: 3 }) }),
  fc.record({ ...emails, where, value: element }),
  fc.tuple(fc.record({ ...emails, where }), subValue).map(([operation, sub]) => ({ ...operation, ...sub })),
  fc.tuple(fc.record(emails), subValue).map(([operation, sub]) => ({ ...operation, ...sub })),
)
const operation: fc.Arbitrary<ModelOperation> = fc.oneof(
  { weight: 1, arbitrary: simpleOperation },
  { weight: 1, arbitrary: nameOperation },
  { weight: 4, arbitrary: listOperation },
)
const operations = fc.array(operation, { minLength: 1, maxLength: 6 })

/** The operation as a client sends it. */
function onTheWire({ op, attribute, where, sub, value }: ModelOperation): object {
  const terms = Object.entries(where ?? {}).map(([name, term]) => `${name} eq ${JSON.stringify(term)}`)
  const path = `${attribute}${where === undefined ? '' : `[${terms.join(' and ')}]`}${sub === undefined ? '' : `.${sub}`}`
  return op === 'remove' ? { op, path } : { op, path, value }
}

const base: ModelUser = { userName: 'ada' }

function patched(attributes: ScimAttributes, list: readonly ModelOperation[]) {
  const message = deepFreeze(parsePatch(deepFreeze({ Operations: list.map(onTheWire) })))
  return applyPatch(deepFreeze({ type: 'User' as const, id: 'u1', attributes }), message)
}

/** The result, or undefined for a refusal; every other error is a failure of the test. */
function unlessRefused<T>(action: () => T): T | undefined {
  try {
    return action()
  } catch (error) {
    if (error instanceof ScimError) return undefined
    throw error
  }
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(Object.freeze(value))) deepFreeze(inner)
  return value
}

/** An absent `primary` is false (RFC 7643 2.4). */
const withoutFalsePrimary = (user: unknown): unknown =>
  JSON.parse(JSON.stringify(user, (key, value: unknown) => (key === 'primary' && value === false ? undefined : value)))

test('PATCH agrees with a slow, obvious model of the RFC', () => {
  let refused = 0
  fc.assert(
    fc.property(operations, (list) => {
      const expected = patchModel(base, list)
      const result = unlessRefused(() => patched(base, list))
      if (expected === undefined) refused++
      expect(withoutFalsePrimary(result?.attributes ?? null)).toEqual(withoutFalsePrimary(expected ?? null))
    }),
    { numRuns: 5_000 },
  )
  expect(refused).toBeGreaterThan(100)
})

test('a PATCH changes the resource or says that it does not; it never touches what it is given', () => {
  fc.assert(
    fc.property(operations, operations, (first, second) => {
      const before = unlessRefused(() => patched(base, first))?.attributes ?? base
      const copy = structuredClone(before)
      const result = unlessRefused(() => patched(before, second))
      expect(before).toEqual(copy)
      if (result === undefined) return
      expect(result.changed).toBe(JSON.stringify(sorted(result.attributes)) !== JSON.stringify(sorted(before)))
      if (!result.changed) expect(result.attributes).toBe(before)
    }),
    { numRuns: 3_000 },
  )
})

const sorted = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(sorted)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(
          Object.entries(value)
            .map(([key, inner]) => [key, sorted(inner)] as const)
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        )
      : value

/** Changing what the path selects by makes the same path mean something else. */
const changesItsOwnFilter = ({ where = {}, sub, value }: ModelOperation): boolean =>
  sub === undefined ? typeof value === 'object' && Object.keys(where).some((name) => name in value) : sub in where

test('repeating an operation changes nothing', () => {
  fc.assert(
    fc.property(
      operations,
      operation.filter((candidate) => !changesItsOwnFilter(candidate)),
      (list, repeated) => {
        const before = unlessRefused(() => patched(base, list))?.attributes ?? base
        const once = unlessRefused(() => patched(before, [repeated]))
        if (once !== undefined) expect(patched(once.attributes, [repeated]).changed).toBe(false)
      },
    ),
    { numRuns: 5_000 },
  )
})

const id = fc.constantFrom('a', 'b', 'c', 'd')
const memberValue = fc.oneof(
  fc.array(fc.oneof(id, fc.record({ value: id, display: display, $ref: fc.constant(null) })), { maxLength: 4 }),
  fc.record({ value: id }),
  id,
)
const memberOperation = fc.oneof(
  fc.record({
    op: fc.constantFrom('add', 'Replace', 'remove'),
    path: fc.constantFrom('members', 'Members'),
    value: memberValue,
  }),
  fc.record({
    op: fc.constantFrom('add', 'replace'),
    value: fc.record({ members: memberValue, displayName: fc.constantFrom('G', 'H') }, { requiredKeys: [] }),
  }),
  fc.record({
    op: fc.constant('remove'),
    path: fc
      .array(id, { minLength: 1, maxLength: 3 })
      .map((ids) => `members[${ids.map((one) => `value eq "${one}"`).join(' or ')}]`),
  }),
  fc.record({
    op: fc.constantFrom('remove', 'replace'),
    path: fc.constant('members'),
    value: fc.constantFrom(null, []),
  }),
  fc.record({ op: fc.constant('replace'), path: fc.constant('displayName'), value: fc.constantFrom('G', 'H', '') }),
  fc.record({ op: fc.constant('replace'), path: fc.constant('members[value eq "a"].display'), value: display }),
)

test('the plan of a group PATCH does what the PATCH does to a group that holds its members', () => {
  let compared = 0
  fc.assert(
    fc.property(fc.uniqueArray(id), fc.array(memberOperation, { minLength: 1, maxLength: 5 }), (ids, Operations) => {
      const message = parsePatch({ Operations })
      const attributes = { displayName: 'G', ...(ids.length > 0 && { members: ids.map((value) => ({ value })) }) }
      const whole = unlessRefused(() => applyPatch({ type: 'Group', id: 'g', attributes }, message))
      const planned = unlessRefused(() => {
        const plan = planGroupPatch(message)
        const rest = plan.attributes({ id: 'g', attributes: { displayName: 'G' } }).attributes
        return { rest, members: applyMemberChanges(new Set(ids), plan.members) }
      })
      expect(planned === undefined).toBe(whole === undefined)
      if (planned === undefined || whole === undefined) return
      const { members = [], ...rest } = whole.attributes
      expect(planned.rest).toEqual(rest)
      expect([...planned.members].sort()).toEqual((members as { value: string }[]).map(({ value }) => value).sort())
      compared++
    }),
    { numRuns: 3_000 },
  )
  expect(compared).toBeGreaterThan(500)
})
