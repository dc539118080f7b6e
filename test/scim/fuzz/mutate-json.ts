import { hostileTexts, hostileValues } from './hostile-values.ts'
import type { Random } from './random.ts'

/** A copy of a body with something in it lost, renamed, replaced or repeated. */
export function mutateJson(random: Random, value: unknown): unknown {
  if (random.chance(0.12)) return random.pick(hostileValues)
  if (Array.isArray(value)) return mutateList(random, value)
  if (typeof value !== 'object' || value === null) return random.chance(0.5) ? value : random.pick(hostileValues)
  const entries = Object.entries(value)
  if (entries.length === 0) return { [random.pick(hostileTexts)]: random.pick(hostileValues) }
  const chosen = random.below(entries.length)
  return Object.fromEntries(
    entries.flatMap(([key, each], index): [string, unknown][] =>
      index === chosen ? mutateEntry(random, key, each) : [[key, each]],
    ),
  )
}

function mutateEntry(random: Random, key: string, value: unknown): [string, unknown][] {
  return random.pick<() => [string, unknown][]>([
    () => [],
    () => [[key.toUpperCase(), value]],
    () => [[random.pick(hostileTexts), value]],
    () => [[key, random.pick(hostileValues)]],
    () => [[key, mutateJson(random, value)]],
    () => [[key, mutateJson(random, value)]],
    () => [[key, [value, value]]],
    () => [
      [key, value],
      [`${key}.${random.pick(['value', 'x', ''])}`, value],
    ],
  ])()
}

function mutateList(random: Random, list: readonly unknown[]): unknown[] {
  if (list.length === 0) return [random.pick(hostileValues)]
  const at = random.below(list.length)
  const each = list[at]
  return random.pick<() => unknown[]>([
    () => list.toSpliced(at, 1),
    () => list.toSpliced(at, 0, each),
    () => list.toSpliced(at, 1, mutateJson(random, each)),
    () => list.toSpliced(at, 1, mutateJson(random, each)),
    () => [...list, random.pick(hostileValues)],
    () => Array.from({ length: 50 }, () => each),
  ])()
}
