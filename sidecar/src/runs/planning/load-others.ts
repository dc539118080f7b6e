import type { NameKey } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import { hasLeft } from '../../planning/absence.ts'
import type { Capabilities } from '../../planning/capabilities.ts'
import type { CandidateAccount, Rival, Subject } from '../../planning/subject.ts'
import { suffixedNames } from '../../planning/suffixed-name.ts'
import { type HasLeft, loadCandidates, type MatchedAccount } from '../../state/projections/load-candidates.ts'
import { loadRivals } from '../../state/projections/load-rivals.ts'
import { loadTakenNames } from '../../state/projections/load-taken-names.ts'
import type { ReadableLeg } from './planning-session.ts'

/** A subject as far as it depends on nobody else. */
export type KnownSubject = Omit<Subject, 'candidates' | 'rivals' | 'takenSuffixes'>
type Others = Pick<Subject, 'candidates' | 'rivals' | 'takenSuffixes'>

/** Who has the name that they want already needs to know of nobody else: nearly everybody, nearly always. */
export const asksForName = ({ wanted, claim }: KnownSubject, { names }: Capabilities): boolean => {
  if (wanted.state !== 'wanted') return false
  // Where accounts have no name of their own nobody is ever renamed.
  if (claim === undefined) return true
  const keepsName = names.userNameIs === 'email' || claim.suffixOf === wanted.nameKey
  return !keepsName && claim.account.nameKey !== wanted.nameKey
}

export const nobody: Others = { candidates: [], rivals: [], takenSuffixes: new Set() }

/** Who has, or wants, the names that these people want: a few set queries for all of them. */
export async function loadOthers(
  session: ReadableLeg,
  known: readonly KnownSubject[],
): Promise<(one: KnownSubject) => Others> {
  const { capabilities } = session.context
  const asking = known.filter((one) => asksForName(one, capabilities))
  if (asking.length === 0) return () => nobody
  const names = [...new Set(asking.map(({ wanted }) => wanted.nameKey))]
  const byName = await candidatesBy(session, 'name_key', names)
  const emails = emailsOf(session, asking)
  const byEmail = await candidatesBy(session, 'email_key', emails)
  const { target } = session.input.leg
  const named = await loadRivals(session.tools.db, target, { by: 'name_key', keys: names })
  const mailed = await loadRivals(session.tools.db, target, { by: 'email_key', keys: emails })
  const takenSuffixes = await takenBy(session, asking, byName)
  return (one) =>
    asksForName(one, capabilities)
      ? { candidates: matching(one, byName, byEmail), rivals: rivalsOf(one, named, mailed), takenSuffixes }
      : nobody
}

/** Other names than the wanted one are looked for only where somebody who left may have it, and the policy says so. */
async function takenBy(
  { settings, tools, input }: ReadableLeg,
  asking: readonly KnownSubject[],
  byName: ByKey,
): Promise<ReadonlySet<NameKey>> {
  if (settings.policy.users.recycledName !== 'suffix') return new Set()
  const newcomers = asking.filter(({ claim, wanted }) => claim === undefined && byName.has(wanted.nameKey))
  const names = newcomers.flatMap(({ wanted }) => suffixedNames(wanted.name).map(nameKey))
  return loadTakenNames(tools.db, input.leg.target, names)
}

/** Adoption by e-mail asks for addresses; people who have an account already adopt no other. */
function emailsOf({ settings, context }: ReadableLeg, asking: readonly KnownSubject[]): NameKey[] {
  const isKnownByEmail = context.capabilities.names.userNameIs === 'email'
  if (settings.policy.users.adopt !== 'email' && !isKnownByEmail) return []
  const unclaimed = asking.filter(({ claim }) => claim === undefined)
  return [...new Set(unclaimed.flatMap(({ wanted }) => (wanted.email === undefined ? [] : [nameKey(wanted.email)])))]
}

type ByKey = ReadonlyMap<NameKey, readonly MatchedAccount[]>

async function candidatesBy(
  { tools, input, policies }: ReadableLeg,
  by: 'name_key' | 'email_key',
  keys: readonly NameKey[],
): Promise<ByKey> {
  const { connection, target } = input.leg
  const left: HasLeft = (of, state, since) => {
    const policy = policies.get(of)
    return policy !== undefined && hasLeft({ state, since }, policy.users, input.asOf)
  }
  const found = await loadCandidates(tools.db, target, { by, keys }, left, connection)
  const keyed = found.flatMap((match) => {
    const key = by === 'name_key' ? match.account.nameKey : match.emailKey
    return key === undefined ? [] : [{ key, match }]
  })
  const grouped = Map.groupBy(keyed, ({ key }) => key)
  return new Map([...grouped].map(([key, entries]) => [key, entries.map(({ match }) => match)]))
}

function matching({ wanted, claim }: KnownSubject, byName: ByKey, byEmail: ByKey): CandidateAccount[] {
  const named = byName.get(wanted.nameKey) ?? []
  const mailed = wanted.email === undefined ? [] : (byEmail.get(nameKey(wanted.email)) ?? [])
  const taken = new Set([claim?.account.id, ...named.map(({ account }) => account.id)])
  return [
    ...named.filter(({ account }) => account.id !== claim?.account.id).map(matchedBy('userName')),
    ...mailed.filter(({ account }) => !taken.has(account.id)).map(matchedBy('email')),
  ]
}

const matchedBy =
  (by: CandidateAccount['matchedBy']) =>
  ({ emailKey: _, ...matched }: MatchedAccount): CandidateAccount => ({ ...matched, matchedBy: by })

type Rivals = ReadonlyMap<NameKey, readonly Rival[]>

function rivalsOf({ identity, wanted }: KnownSubject, byName: Rivals, byEmail: Rivals): readonly Rival[] {
  const others = (found: readonly Rival[] = []) => found.filter((rival) => rival.identity !== identity.id)
  const named = others(byName.get(wanted.nameKey))
  const mailed = wanted.email === undefined ? [] : others(byEmail.get(nameKey(wanted.email)))
  const wantTheName = new Set(named.map((rival) => rival.identity))
  const emailOnly = mailed.filter((rival) => !wantTheName.has(rival.identity))
  return [...named, ...emailOnly.map((rival) => ({ ...rival, sharesEmailOnly: true }))]
}
