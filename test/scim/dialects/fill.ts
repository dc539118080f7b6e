export type Kept = Readonly<Record<string, unknown>>

const whole = /^\{\{(\w+)\}\}$/
const parts = /\{\{(\w+)\}\}/g

/** Puts what earlier answers gave into a path, a header or a body. */
export function fill(value: unknown, kept: Kept): unknown {
  if (typeof value === 'string') return fillText(value, kept)
  if (Array.isArray(value)) return value.map((each) => fill(each, kept))
  if (typeof value !== 'object' || value === null || value instanceof RegExp) return value
  const filled = Object.entries(value).map(([key, each]) => [key, fill(each, kept)] as const)
  return Object.assign({}, ...filled.map(([key, each]) => (key === '...' ? each : { [key]: each })))
}

export const fillPath = (path: string, kept: Kept): string =>
  path.replace(parts, (_, name: string) => encodeURIComponent(String(keptAs(name, kept))))

function fillText(text: string, kept: Kept): unknown {
  const name = whole.exec(text)?.[1]
  return name === undefined ? text.replace(parts, (_, part: string) => String(keptAs(part, kept))) : keptAs(name, kept)
}

function keptAs(name: string, kept: Kept): unknown {
  if (!(name in kept)) throw new Error(`The conversation uses {{${name}}} before an answer gave it.`)
  return kept[name]
}
