import type { CheckStep } from '../../identity/check-step.ts'
import { Problem } from '../../problem/problem.ts'
import { assignmentsOf, findApplication, findScopeGroup } from './applications.ts'
import { followPages } from './follow-pages.ts'
import type { GraphLogin } from './graph-login.ts'
import { graphProblems } from './graph-problems.ts'
import { type GraphSession, pageFetcher } from './graph-session.ts'
import type { GraphSettings } from './graph-settings.ts'
import { groupRecordOf, groupSelect } from './map-group.ts'
import { isRefused } from './read-users.ts'
import { watchReading } from './reading-limits.ts'
import { type GraphEntity, textOf } from './wire.ts'

const warnDays = 30

/** Tries what a reading needs, one step after the other; without a sign-in nothing else can be tried. */
export async function checkConnection(
  session: GraphSession,
  login: GraphLogin,
  settings: GraphSettings,
  signal: AbortSignal,
): Promise<CheckStep[]> {
  const signIn = await step('Sign-in', async () => {
    await login.accessToken(signal, true)
    return `Signed in to tenant ${settings.tenantId} as application ${settings.clientId}.`
  })
  if (!signIn.ok) return [signIn]
  const steps = [signIn, ...(await expirySteps(session, settings))]
  steps.push(await step('Users', () => checkUsers(session, signal)))
  steps.push(await step('Groups', () => checkGroups(session, signal)))
  steps.push(await step('Group members', () => checkMembers(session, signal)))
  for (const name of settings.scope.groups)
    steps.push(await step(`Group ${name}`, () => checkScopeGroup(session, name, signal)))
  for (const name of settings.scope.applications) {
    steps.push(await step(`Application ${name}`, () => checkApplication(session, name, signal)))
  }
  steps.push(await step('Deleted users', () => checkDeletedUsers(session, signal)))
  return steps
}

/** An abort is no finding: it ends the check. */
async function step(name: string, attempt: () => Promise<string>): Promise<CheckStep> {
  try {
    return { step: name, ok: true, detail: await attempt() }
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { step: name, ok: false, detail: error.message, problem: { code: error.code, remedy: error.remedy } }
  }
}

async function expirySteps({ pace }: GraphSession, { secretExpiresOn }: GraphSettings): Promise<CheckStep[]> {
  if (secretExpiresOn === undefined) return []
  const days = Math.floor((Date.parse(`${secretExpiresOn}T00:00:00Z`) - pace.now()) / 86_400_000)
  return [
    await step('Secret expiry', async () => {
      if (days > warnDays) return `The secret expires on ${secretExpiresOn}, in ${days} days.`
      const when = days < 0 ? 'expired' : 'expires'
      throw new Problem(graphProblems.graph_secret_expires, `By the settings the secret ${when} on ${secretExpiresOn}.`)
    }),
  ]
}

async function checkUsers(session: GraphSession, signal: AbortSignal): Promise<string> {
  const user = await firstOf(session, `/users?$top=1&$select=${session.mapping.select}`, 'User.Read.All', signal)
  if (!user) return 'Users can be read; there are none.'
  session.mapping.identityOf(user)
  return 'Users can be read with all selected properties.'
}

async function checkGroups(session: GraphSession, signal: AbortSignal): Promise<string> {
  const group = await firstOf(session, `/groups?$top=1&$select=${groupSelect}`, 'GroupMember.Read.All', signal)
  if (!group) return 'Groups can be read; there are none.'
  groupRecordOf(group, true)
  return 'Groups can be read.'
}

async function checkMembers(session: GraphSession, signal: AbortSignal): Promise<string> {
  const group = await firstOf(session, '/groups?$top=1&$select=id', 'GroupMember.Read.All', signal)
  if (!group) return 'There is no group whose members could be read.'
  await firstOf(session, `/groups/${group.id}/members?$select=id&$top=1`, 'GroupMember.Read.All', signal)
  return 'Members of groups can be read; groups with hidden membership need Member.Read.Hidden in addition.'
}

async function checkScopeGroup(session: GraphSession, name: string, signal: AbortSignal): Promise<string> {
  const group = await findScopeGroup(session, name, signal)
  return `Found: ${textOf(group.displayName) ?? group.id}.`
}

async function checkApplication(session: GraphSession, name: string, signal: AbortSignal): Promise<string> {
  const application = await findApplication(session, name, signal)
  const assignments = await assignmentsOf(session, application, watchReading(session.limits, session.pace), signal)
  const users = assignments.filter(({ principal }) => principal === 'user').length
  return `Found: ${textOf(application.displayName) ?? application.id}, with ${users} users and ${assignments.length - users} groups assigned.`
}

/** A reading goes on without, so this step never fails by being refused. */
async function checkDeletedUsers(session: GraphSession, signal: AbortSignal): Promise<string> {
  const link = '/directory/deletedItems/microsoft.graph.user?$select=id&$top=1'
  const watch = watchReading(session.limits, session.pace)
  const pages = followPages(pageFetcher(session, 'User.Read.All', signal, 'high'), link, watch, 'list')
  return (await isRefused(pages.begun))
    ? 'Deleted users cannot be listed: people deleted long ago then count as missing rather than deleted.'
    : 'Deleted users can be told from missing ones.'
}

async function firstOf(
  session: GraphSession,
  url: string,
  permission: 'User.Read.All' | 'GroupMember.Read.All',
  signal: AbortSignal,
): Promise<GraphEntity | undefined> {
  const { value } = await pageFetcher(session, permission, signal, 'high')(url)
  return value[0]
}
