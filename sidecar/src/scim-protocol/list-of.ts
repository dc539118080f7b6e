import type { Deviations } from './deviation.ts'

/** The values of a multi-valued attribute: a list, nothing, or a single value where a list is expected. */
export function listOf(name: string, raw: unknown, notes: Deviations): readonly unknown[] {
  if (raw === null || raw === undefined || raw === '') return []
  if (Array.isArray(raw)) return raw
  notes.note('objectForList', name)
  return [raw]
}
