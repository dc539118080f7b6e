import type { Change, Settlement } from '../../state/journal/settlement.ts'

/** How one operation ended. */
export type Outcome = Omit<Settlement, 'operation'>

export const applied = (change: Change): Outcome => ({ status: 'applied', change })

export const refused = (code: string, message: string, change: Change = { kind: 'none' }): Outcome => ({
  status: 'refused',
  code,
  message,
  change,
})
