import type { TargetError } from '../target-error.ts'

/** What an answer has to be before anything is read from it; `what` completes "… answered something else than". */
export function createWireReaders(unexpected: (what: string) => TargetError) {
  return {
    recordOf(value: unknown, what: string): Readonly<Record<string, unknown>> {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unexpected(what)
      return value as Record<string, unknown>
    },
    listOf(value: unknown, what: string): readonly unknown[] {
      if (!Array.isArray(value)) throw unexpected(what)
      return value
    },
    textOf(value: unknown, what: string): string {
      if (typeof value !== 'string' || value === '') throw unexpected(what)
      return value
    },
    countOf(value: unknown, what: string): number {
      if (typeof value !== 'number' || !Number.isInteger(value)) throw unexpected(what)
      return value
    },
  }
}
