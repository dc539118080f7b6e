import { test } from 'vitest'

/** What does not apply to a product is no test of it, rather than one that is skipped: a skipped test fails the whole run. */
export const onlyIf =
  (applies = true) =>
  (name: string, run: () => Promise<void>): void => {
    if (applies) test(name, run)
  }
