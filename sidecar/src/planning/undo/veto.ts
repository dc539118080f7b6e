import type { RunId } from '../../identity/ids.ts'
import type { Operation, OperationKind } from '../operation.ts'
import { effectsOf, undoKinds } from './undo-kinds.ts'

/** What was undone and is not to be done again by itself. */
export interface Veto {
  readonly id: number
  /** `identity 7`, `group 3` or, of somebody whom no connection claims, `account 5`. */
  readonly subject: string
  readonly kind: OperationKind
  readonly effect: string
  readonly run: RunId
  readonly by: string
}

export interface VetoedEffect {
  readonly kind: OperationKind
  readonly effect: string
}

/** What must not be done again once this operation has been taken back. */
export function vetoedEffects(operation: Operation): readonly VetoedEffect[] {
  const { kind } = operation
  const { comesBackAs } = undoKinds[kind]
  return [kind, ...(comesBackAs === undefined ? [] : [comesBackAs])].flatMap((held) =>
    effectsOf(operation).map((effect) => ({ kind: held, effect })),
  )
}

/**
 * What an operation does beside what it is called. A deletion takes away what a deactivation does, for ever: who undid the
 * deactivation of somebody did not ask for it once their days are over. The two ways to deactivate are one.
 */
const alsoDoes: Partial<Record<OperationKind, readonly OperationKind[]>> = {
  deleteUser: ['deactivateUser', 'revokeAccess'],
  deactivateUser: ['revokeAccess'],
  revokeAccess: ['deactivateUser'],
}

export function vetoSubject(operation: Operation): string {
  if ('identity' in operation) return `identity ${operation.identity}`
  return 'account' in operation ? `account ${operation.account.id}` : `group ${operation.sourceGroup ?? 0}`
}

export type VetoBook = ReturnType<typeof createVetoBook>

/** The vetoes of a leg, by what they hold. */
export function createVetoBook(vetoes: readonly Veto[]) {
  const bySubject = Map.groupBy(vetoes, ({ subject }) => subject)
  return {
    size: vetoes.length,
    has: (subject: string): boolean => bySubject.has(subject),
    subjects: (): readonly string[] => [...bySubject.keys()],
    of: (subject: string): readonly Veto[] => bySubject.get(subject) ?? [],
    /** Those that an operation goes against. */
    against(operation: Operation): readonly Veto[] {
      const standing = bySubject.get(vetoSubject(operation))
      if (standing === undefined) return []
      const effects = effectsOf(operation)
      return standing.filter(
        ({ kind, effect }) =>
          (kind === operation.kind && effects.includes(effect)) || alsoDoes[operation.kind]?.includes(kind),
      )
    },
  }
}
