import type { IdentityId, NameKey } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import { hasLeft } from '../../planning/absence.ts'
import type {
  CandidateAccount,
  ClaimState,
  IdentityState,
  Rival,
  Subject,
  WantedAccount,
} from '../../planning/subject.ts'
import { loadCandidates, type MatchedAccount } from '../../state/projections/load-candidates.ts'
import { loadClaims } from '../../state/projections/load-claims.ts'
import { loadIdentities, loadWanted } from '../../state/projections/load-identities.ts'
import { loadRivals } from '../../state/projections/load-rivals.ts'
import type { PlanningSession } from './planning-session.ts'

export interface LoadedSubjects {
  readonly subjects: readonly Subject[]
  /** People without any projection: nothing can be said about them yet. */
  readonly unprojected: readonly IdentityState[]
}

interface Known {
  readonly identity: IdentityState
  readonly wanted: WantedAccount
  readonly claim: ClaimState | undefined
}

/** Everything that comparing a thousand people needs: a handful of set queries, none per person. */
export async function loadSubjects(session: PlanningSession, ids: readonly IdentityId[]): Promise<LoadedSubjects> {
  const { tools, input } = session
  const identities = await loadIdentities(tools.db, input.leg, ids)
  const wanted = await loadWanted(tools.db, input.leg, ids)
  const claims = await loadClaims(tools.db, input.leg, ids)
  const known = identities.flatMap((identity): Known[] => {
    const projection = wanted.get(identity.id)
    return projection === undefined ? [] : [{ identity, wanted: projection, claim: claims.get(identity.id) }]
  })
  const others = await loadOthers(session, known)
  return {
    subjects: known.map((one) => ({ ...one, ...others(one) })),
    unprojected: identities.filter(({ id }) => !wanted.has(id)),
  }
}

type Others = Pick<Subject, 'candidates' | 'rivals'>

/** Who has the name that they want already needs to know of nobody else: nearly everybody, nearly always. */
const asks = ({ wanted, claim }: Known): boolean =>
  wanted.state === 'wanted' && claim?.account.nameKey !== wanted.nameKey

const nobody: Others = { candidates: [], rivals: [] }

async function loadOthers(session: PlanningSession, known: readonly Known[]): Promise<(one: Known) => Others> {
  const asking = known.filter(asks)
  if (asking.length === 0) return () => nobody
  const names = [...new Set(asking.map(({ wanted }) => wanted.nameKey))]
  const byName = await candidatesBy(session, 'name_key', names)
  const byEmail = await candidatesBy(session, 'email_key', emailsOf(session, asking))
  const rivals = await loadRivals(session.tools.db, session.input.leg.target, names)
  return (one) => (asks(one) ? { candidates: matching(one, byName, byEmail), rivals: without(one, rivals) } : nobody)
}

/** Adoption by e-mail asks for addresses; people who have an account already adopt no other. */
function emailsOf({ settings }: PlanningSession, asking: readonly Known[]): NameKey[] {
  if (settings.policy.users.adopt !== 'email') return []
  const unclaimed = asking.filter(({ claim }) => claim === undefined)
  return [...new Set(unclaimed.flatMap(({ wanted }) => (wanted.email === undefined ? [] : [nameKey(wanted.email)])))]
}

type ByKey = ReadonlyMap<NameKey, readonly MatchedAccount[]>

async function candidatesBy(
  { tools, input, policies }: PlanningSession,
  by: 'name_key' | 'email_key',
  keys: readonly NameKey[],
): Promise<ByKey> {
  const found = await loadCandidates(tools.db, input.leg.target, { by, keys }, (connection, state, since) => {
    const policy = policies.get(connection)
    return policy !== undefined && hasLeft({ state, since }, policy.users, input.asOf)
  })
  const keyed = found.flatMap((match) => {
    const key = by === 'name_key' ? match.account.nameKey : match.emailKey
    return key === undefined ? [] : [{ key, match }]
  })
  const grouped = Map.groupBy(keyed, ({ key }) => key)
  return new Map([...grouped].map(([key, entries]) => [key, entries.map(({ match }) => match)]))
}

function matching({ wanted, claim }: Known, byName: ByKey, byEmail: ByKey): CandidateAccount[] {
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
  ({ account, memberships, claimedBy }: MatchedAccount): CandidateAccount => ({
    account,
    matchedBy: by,
    memberships,
    claimedBy,
  })

const without = ({ identity, wanted }: Known, rivals: ReadonlyMap<NameKey, readonly Rival[]>): readonly Rival[] =>
  (rivals.get(wanted.nameKey) ?? []).filter((rival) => rival.identity !== identity.id)
