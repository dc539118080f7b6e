import fc from 'fast-check'
import { expect, test } from 'vitest'
import { byName } from './names.ts'
import { createSortedNames } from './sorted-names.ts'

test('a list kept in order equals a list that is sorted anew, whatever was added and removed', () => {
  const steps = fc.array(fc.tuple(fc.constantFrom('add', 'remove'), fc.stringMatching(/^[a-cA-C]{1,3}$/)))
  fc.assert(
    fc.property(steps, (all) => {
      const held = new Map<string, { name: string }>()
      const sorted = createSortedNames(() => held.values())
      sorted.read()
      for (const [step, name] of all) {
        const known = held.get(name.toLowerCase())
        if (step === 'add' && !known) {
          held.set(name.toLowerCase(), { name })
          sorted.add(held.get(name.toLowerCase()) ?? { name })
        }
        if (step === 'remove' && known) {
          held.delete(name.toLowerCase())
          sorted.remove(known)
        }
        expect(sorted.read()).toEqual([...held.values()].sort(byName))
      }
    }),
  )
})
