import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Problem } from '../problem/problem.ts'
import { compilePolicy } from './compile-policy.ts'
import type { IdentityState } from './subject.ts'
import { addConnection, addIdentity, createWorld, policyOf } from './testing/world.ts'

const person = (userName: string, changes: Partial<IdentityState> = {}): IdentityState =>
  addIdentity(addConnection(createWorld()), userName, changes)

const userName = (input: object, identity: IdentityState) =>
  compilePolicy(policyOf({ users: { userName: input } })).users.userName(identity)

/** What an expression makes of a person, through the e-mail, which accepts any text. */
const text = (expression: string, identity = person('ada')) =>
  compilePolicy(policyOf({ users: { email: expression } })).users.email(identity)

function refusal(policy: Parameters<typeof policyOf>[0]): { code: string; context: unknown } {
  try {
    compilePolicy(policyOf(policy))
  } catch (error) {
    if (error instanceof Problem) return { code: error.code, context: error.context }
    throw error
  }
  throw new Error('the policy was accepted')
}

describe('user names', () => {
  test.each([
    ['(.*)@.*', '$1', 'demouser@gmail.com', 'demouser'],
    ['(.*)0(.*)', '$1$2', 'de0mo', 'demo'],
    ['(.*)@.*', undefined, 'demouser@gmail.com', 'demouser'],
    ['(.*)@.*', '$1', 'no-address', 'no-address'],
    ['[^a-z]', '', 'A.d-a', 'da'],
    ['(.)(.*)', '\\$$2.$1', 'ada', '$da.a'],
  ])('M-01: %s with replacement %s makes of %s %s', (pattern, replacement, from, to) => {
    const rule = { pattern, ...(replacement === undefined ? {} : { replacement }) }
    expect(userName(rule, person(from))).toEqual({ kind: 'value', value: to })
  })

  test('A-100, A-101, A-102: by default user name, e-mail and display name are those of the provider', () => {
    const { users } = compilePolicy(policyOf())
    const ada = person('ada@example.org', { email: ' ada@mail.example ', displayName: 'Ada Lovelace' })
    expect(users.userName(ada)).toEqual({ kind: 'value', value: 'ada@example.org' })
    expect(users.email(ada)).toEqual({ kind: 'value', value: 'ada@mail.example' })
    expect(users.displayName(ada)).toEqual({ kind: 'value', value: 'Ada Lovelace' })
  })
})

describe('expressions', () => {
  const ada = person('ada', { attributes: { department: 'Engines', employee: 7, groups: ['a', 'b'], 'odd-name': 'x' } })

  test.each([
    ['user.department', 'Engines'],
    ['user.employee', '7'],
    ['user["odd-name"]', 'x'],
    ['user.userName + "@" + user.department.lowerAscii()', 'ada@engines'],
    ['has(user.nickname) ? user.nickname : user.userName', 'ada'],
    ['user.?nickname.orValue("nobody")', 'nobody'],
    ['user.groups.filter(g, g != "a").join(",")', 'b'],
    ['matchesRe2(user.department, "^En") ? "yes" : "no"', 'yes'],
  ])('%s yields %s', (expression, value) => {
    expect(text(expression, ada)).toEqual({ kind: 'value', value })
  })

  test('an attribute that a person does not have is told apart from a failure', () => {
    expect(text('user.nickname', ada)).toEqual({ kind: 'absent', attribute: 'nickname' })
    expect(text('user.nickname + "x"', ada)).toEqual({ kind: 'absent', attribute: 'nickname' })
    expect(text('user.userName.split("@")[1]', ada)).toMatchObject({ kind: 'failed' })
    expect(text('user.groups', ada)).toMatchObject({ kind: 'failed' })
  })

  test('nothing is reachable but the person: no clock, no inherited property', () => {
    expect(refusal({ users: { filter: 'now() > timestamp("2026-01-01T00:00:00Z")' } }).code).toBe('expression_type')
    expect(text('user.constructor', ada)).toEqual({ kind: 'absent', attribute: 'constructor' })
    expect(text('user.__proto__', ada)).toEqual({ kind: 'absent', attribute: '__proto__' })
  })

  test('a plain field, which needs no evaluator, gives what the evaluator gives', () => {
    const attribute = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.array(fc.string()))
    const people = fc.record({
      email: fc.option(fc.string({ maxLength: 1_200 }), { nil: undefined }),
      attributes: fc.dictionary(fc.constantFrom('department', 'email', 'x'), attribute),
    })
    const field = fc.constantFrom('email', 'department', 'active', 'missing')
    fc.assert(
      fc.property(people, field, (changes, name) => {
        const identity = person('ada', changes)
        // In parentheses with a condition it is no longer a plain field, and means the same.
        expect(text(`user.${name}`, identity)).toEqual(text(`true ? user.${name} : user.${name}`, identity))
      }),
    )
  })
})

describe('a policy that cannot be used is refused with its own code, at the character', () => {
  test.each([
    [{ userName: { expression: 'user.' } }, 'expression_syntax', 'users/userName/expression', 5],
    [{ email: 'user.email +' }, 'expression_syntax', 'users/email', 12],
    [{ email: 'usr.email' }, 'expression_type', 'users/email', 0],
    [{ displayName: '"a" + 1' }, 'expression_type', 'users/displayName', 0],
    [{ filter: '"yes"' }, 'expression_type', 'users/filter', 0],
    [{ email: '[user.email]' }, 'expression_type', 'users/email', 0],
    [{ email: 'user.email.matches("^(a+)+$") ? "a" : "b"' }, 'expression_refused', 'users/email', 0],
    [
      { filter: 'user.a.exists(x, user.b.exists(y, user.c.exists(z, z == x)))' },
      'expression_refused',
      'users/filter',
      34,
    ],
    [{ filter: '(user.a + user.a).split("").exists(x, x == "a")' }, 'expression_refused', 'users/filter', 1],
    [{ email: 'cel.bind(x, user.email + user.email, x + x)' }, 'expression_refused', 'users/email', 0],
    [{ filter: 'matchesRe2(user.email, user.pattern)' }, 'expression_refused', 'users/filter', 0],
    [{ email: `${'('.repeat(30)}"a"${')'.repeat(30)}` }, 'expression_refused', 'users/email', 24],
    [{ filter: 'matchesRe2(user.email, "a(?=b)")' }, 'pattern_syntax', 'users/filter', 25],
    [{ userName: { pattern: 'ab(' } }, 'pattern_syntax', 'users/userName/pattern', 0],
    [{ userName: { pattern: '(.*)@.*', replacement: 'a$2' } }, 'replacement_syntax', 'users/userName/replacement', 1],
    [
      { customAttributes: [{ name: 'Team', expression: '1 +' }] },
      'expression_syntax',
      'users/customAttributes/0/expression',
      3,
    ],
  ])('%j', (users, code, path, position) => {
    expect(refusal({ users })).toEqual({ code, context: { path, position } })
  })

  test.each([
    [{ matching: '[z-a]' }, 'pattern_syntax', 'groups/matching'],
    [{ rename: { pattern: 'x', replacement: '$1' } }, 'replacement_syntax', 'groups/rename/replacement'],
  ])('groups: %j', (groups, code, path) => {
    expect(refusal({ groups: { mode: 'onTheFly', ...groups } })).toMatchObject({ code, context: { path } })
  })
})

test('no expression that is accepted takes longer than 50 ms, whatever the person', () => {
  const long = 'a'.repeat(5_000)
  const ada = person('ada', { attributes: { text: long, list: Array.from({ length: 3_000 }, () => long) } })
  const range = fc.constantFrom('user.list', 'user.text.split("")', '[1, 2, 3].map(n, string(n))')
  const leaf = fc.constantFrom('x == "b"', 'x.contains("b")', 'matchesRe2(x, "(a*)*b")', 'x + user.text == "b"')
  const macro = fc.tuple(range, fc.constantFrom('exists', 'all', 'filter'), leaf)
  const flat = macro.map(([over, name, body]) =>
    name === 'filter' ? `size(${over}.filter(x, ${body})) == 1` : `${over}.${name}(x, ${body})`,
  )
  const nested = fc.tuple(range, flat).map(([over, inner]) => `${over}.exists(y, ${inner})`)
  const expressions = fc.oneof(
    flat,
    nested,
    fc.tuple(flat, flat).map(([a, b]) => `${a} || ${b}`),
  )

  fc.assert(
    fc.property(expressions, (filter) => {
      const evaluate = accepted(filter)
      if (evaluate !== undefined) expect(fastest(() => evaluate(ada))).toBeLessThan(50)
    }),
    { numRuns: 60 },
  )
})

function accepted(filter: string) {
  try {
    return compilePolicy(policyOf({ users: { filter } })).users.filter
  } catch {
    return undefined
  }
}

/** The machine may be busy with something else: the best of a few counts. */
function fastest(run: () => unknown): number {
  const times = Array.from({ length: 4 }, () => {
    const before = performance.now()
    run()
    return performance.now() - before
  })
  return Math.min(...times)
}
