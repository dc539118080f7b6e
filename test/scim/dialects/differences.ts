/** How an answer is not as a client reads it: a sentence for each difference. More members than expected are fine. */
export function differences(expected: unknown, actual: unknown, at = 'body'): readonly string[] {
  if (expected instanceof RegExp) {
    return expected.test(String(actual ?? '')) ? [] : [`${at} is ${show(actual)} and does not match ${expected}`]
  }
  if (Array.isArray(expected)) return differencesOfList(expected, actual, at)
  if (typeof expected === 'object' && expected !== null) {
    if (typeof actual !== 'object' || actual === null) return [`${at} is ${show(actual)} instead of an object`]
    const members = actual as Readonly<Record<string, unknown>>
    return Object.entries(expected).flatMap(([key, each]) => differences(each, members[key], `${at}.${key}`))
  }
  return Object.is(expected, actual) ? [] : [`${at} is ${show(actual)} instead of ${show(expected)}`]
}

/** The same number of elements, in any order. */
function differencesOfList(expected: readonly unknown[], actual: unknown, at: string): readonly string[] {
  if (!Array.isArray(actual)) return [`${at} is ${show(actual)} instead of a list`]
  if (actual.length !== expected.length) {
    return [`${at} has ${actual.length} elements instead of ${expected.length}: ${show(actual)}`]
  }
  const left = [...actual]
  return expected.flatMap((each) => {
    const index = left.findIndex((candidate) => differences(each, candidate).length === 0)
    if (index < 0) return [`${at} has nothing like ${show(each)} among ${show(left)}`]
    left.splice(index, 1)
    return []
  })
}

/** What a dotted path leads to, indexes included; an empty path is the whole. A dot in a URN counts as part of it. */
export function valueAt(body: unknown, path: string): unknown {
  if (path === '') return body
  return path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], body)
}

const show = (value: unknown): string => JSON.stringify(value)?.slice(0, 400) ?? 'absent'
