import type { NameKey } from '../identity/ids.ts'

/** A licence whose seats are limited; `groups`: whose members take one, `undefined` where the product does not say. */
export interface SeatLicence {
  readonly application: string
  readonly remaining: number
  readonly groups: ReadonlySet<NameKey> | undefined
}

/** What a plan does about an account, as far as seats depend on it. */
export type SeatStep =
  | { readonly kind: 'active'; readonly to: boolean; readonly clear: boolean }
  | { readonly kind: 'joins' | 'leaves'; readonly groups: readonly NameKey[]; readonly clear: boolean }

/** An account before the plan and what the plan does about it, in its order. */
export interface SeatSubject {
  readonly active: boolean
  readonly groups: ReadonlySet<NameKey>
  readonly steps: readonly SeatStep[]
}

/** What a plan does to one licence. */
export interface SeatUse {
  readonly application: string
  readonly remaining: number
  readonly takes: number
  readonly frees: number
  /** It takes more than there are, with what it frees; also where what frees seats is held and what takes them is not. */
  readonly short: boolean
  /** Active accounts were counted, because the product does not say which groups take a seat. */
  readonly estimated: boolean
}

export interface SeatCount {
  add(subject: SeatSubject): void
  result(): readonly SeatUse[]
}

interface Tally {
  takes: number
  frees: number
}

/** Counts who gets and who gives back a seat, one account after the other. */
export function createSeatCount(licences: readonly SeatLicence[]): SeatCount {
  const tallies = licences.map((licence) => ({ licence, all: { takes: 0, frees: 0 }, clear: { takes: 0, frees: 0 } }))
  return {
    add(subject) {
      const cleared = subject.steps.filter((step) => step.clear)
      for (const { licence, all, clear } of tallies) {
        count(all, licence, subject)
        count(clear, licence, { ...subject, steps: cleared })
      }
    },
    result: () =>
      tallies.map(({ licence: { application, remaining, groups }, all, clear }) => ({
        application,
        remaining,
        ...all,
        short: needed(all) > remaining || needed(clear) > remaining,
        estimated: groups === undefined,
      })),
  }
}

const needed = ({ takes, frees }: Tally): number => (takes === 0 ? 0 : takes - frees)

function count(tally: Tally, licence: SeatLicence, { active, groups, steps }: SeatSubject): void {
  const before = takesSeat(licence, active, groups)
  const after = steps.reduce(stepped, { active, groups })
  const now = takesSeat(licence, after.active, after.groups)
  if (now && !before) tally.takes += 1
  if (before && !now) tally.frees += 1
}

const takesSeat = (licence: SeatLicence, active: boolean, groups: ReadonlySet<NameKey>): boolean =>
  active && (licence.groups === undefined || [...groups].some((group) => licence.groups?.has(group)))

type Standing = Pick<SeatSubject, 'active' | 'groups'>

function stepped(standing: Standing, step: SeatStep): Standing {
  if (step.kind === 'active') return { ...standing, active: step.to }
  const kept = [...standing.groups].filter((group) => !step.groups.includes(group))
  return { ...standing, groups: new Set(step.kind === 'joins' ? [...kept, ...step.groups] : kept) }
}

/** `Software: takes 12 of 30 seats left, frees 4.` */
export function seatsInWords({ application, remaining, takes, frees, short, estimated }: SeatUse): string {
  const freed = frees === 0 ? '' : `, frees ${frees}`
  const told = estimated ? ' The product does not say whose seats they are: active accounts were counted.' : ''
  const warning = short ? ' That is more than there are: whoever comes last is refused by the product.' : ''
  return `${application}: takes ${takes} of ${remaining} seats left${freed}.${told}${warning}`
}
