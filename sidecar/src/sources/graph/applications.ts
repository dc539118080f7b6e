import type { ExternalId } from '../../identity/ids.ts'
import { planningProblems } from '../../planning/planning-problems.ts'
import { Problem } from '../../problem/problem.ts'
import type { Assignment } from '../source.ts'
import { followPages } from './follow-pages.ts'
import { type GraphSession, pageFetcher } from './graph-session.ts'
import type { ReadingWatch } from './reading-limits.ts'
import { entityOf } from './reread.ts'
import { type GraphEntity, malformed, pageOf } from './wire.ts'

const permission = 'Application.Read.All'
const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

interface Named {
  /** As written in the settings. */
  readonly name: string
  readonly collection: 'groups' | 'servicePrincipals'
  /** Paths that find it by id, tried in this order. */
  readonly byId: readonly string[]
}

/** The enterprise app that the scope names by application id, object id or display name. */
export const findApplication = (session: GraphSession, name: string, signal: AbortSignal): Promise<GraphEntity> =>
  findNamed(
    session,
    {
      name,
      collection: 'servicePrincipals',
      byId: [`/servicePrincipals(appId='${name}')`, `/servicePrincipals/${name}`],
    },
    signal,
  )

/** The group that the scope names by object id or display name. */
export const findScopeGroup = (session: GraphSession, name: string, signal: AbortSignal): Promise<GraphEntity> =>
  findNamed(session, { name, collection: 'groups', byId: [`/groups/${name}`] }, signal)

/** A name that finds nothing, or too much, is an error: "nobody is assigned" would take access from everybody. */
async function findNamed(
  { client }: GraphSession,
  { name, collection, byId }: Named,
  signal: AbortSignal,
): Promise<GraphEntity> {
  const call = {
    permission: collection === 'groups' ? 'GroupMember.Read.All' : permission,
    priority: 'low',
    signal,
  } as const
  for (const path of guid.test(name) ? byId : []) {
    const reply = await client.find({ ...call, url: `${path}?$select=id,displayName` })
    if (reply) return entityOf(reply.json)
  }
  const filter = encodeURIComponent(`displayName eq '${name.replaceAll("'", "''")}'`)
  const { json, size } = await client.call({
    ...call,
    url: `/${collection}?$filter=${filter}&$select=id,displayName&$top=2`,
  })
  const [found, another] = pageOf(json, size).value
  if (found && !another) return found
  const definition = found ? planningProblems.scope_entry_ambiguous : planningProblems.scope_entry_unmatched
  const what = collection === 'groups' ? 'group' : 'enterprise app'
  throw new Problem(definition, `The tenant has ${found ? 'several' : 'no'} ${what} named ${JSON.stringify(name)}.`, {
    context: { name, kind: what },
  })
}

/** Everybody who is assigned: the whole list, because no delta exists for assignments (Microsoft Graph, delta). */
export async function assignmentsOf(
  session: GraphSession,
  application: GraphEntity,
  watch: ReadingWatch,
  signal: AbortSignal,
): Promise<Assignment[]> {
  const link = `/servicePrincipals/${application.id}/appRoleAssignedTo?$top=999`
  const assignments = new Map<string, Assignment>()
  for await (const page of followPages(pageFetcher(session, permission, signal), link, watch, 'list').all()) {
    for (const entry of page.value) {
      const assignment = assignmentOf(entry)
      // One principal may hold several roles.
      if (assignment) assignments.set(assignment.externalId, assignment)
    }
  }
  return [...assignments.values()]
}

function assignmentOf({ principalId, principalType }: GraphEntity): Assignment | undefined {
  if (typeof principalId !== 'string') throw malformed('has an assignment without a principal')
  const externalId = principalId as ExternalId
  if (principalType === 'User') return { principal: 'user', externalId }
  return principalType === 'Group' ? { principal: 'group', externalId } : undefined
}
