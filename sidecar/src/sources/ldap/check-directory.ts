import type { CheckStep } from '../../identity/check-step.ts'
import { Problem } from '../../problem/problem.ts'
import { type Directory, openDirectory } from './directory.ts'
import { normaliseDn } from './dn/normalise-dn.ts'
import { recognisedKind } from './kinds/recognise-server.ts'
import type { ServerKind } from './kinds/server-kind.ts'
import { groupAttributes, userAttributes } from './layout.ts'
import { ldapProblems } from './ldap-problems.ts'
import type { LdapSettings } from './ldap-settings.ts'
import { groupOf } from './map-group.ts'
import { personOf } from './map-person.ts'
import { explainNobody, noLogins, readCanary } from './read-canary.ts'
import { listedMembers } from './read-members.ts'
import { takeWatermark } from './watermark.ts'
import type { LdapEntry } from './wire/ldap-entry.ts'

/** Tries what a reading needs, one step after the other; without a sign-in nothing else can be tried. */
export async function checkDirectory(
  kind: ServerKind,
  settings: LdapSettings,
  signal: AbortSignal,
): Promise<CheckStep[]> {
  let directory: Directory | undefined
  const signIn = await step('Sign-in', async () => {
    directory = await openDirectory(kind, settings, signal)
    return describeConnection(directory)
  })
  if (!directory) return [signIn]
  const open = directory
  try {
    const steps = [signIn, await step('Server', async () => describeServer(open))]
    steps.push(await step('Base', () => checkBase(open)))
    if (steps.every(({ ok }) => ok)) {
      const people: LdapEntry[] = []
      steps.push(await step('Users', () => checkUsers(open, people)))
      steps.push(await step('Groups', () => checkGroups(open)))
      if (people.length > 0) steps.push(await step('Attributes', async () => checkAttributes(open, people)))
      steps.push(await step('Changes', () => describeChanges(open)))
    }
    return steps
  } finally {
    await open.session.close()
  }
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

function describeConnection({ session, settings }: Directory): string {
  const how = session.url.startsWith('ldaps:') ? 'by TLS' : settings.startTls ? 'by StartTLS' : 'without encryption'
  return `Connected to ${session.server} ${how}, signed in as ${settings.bindDn ?? 'the holder of the client certificate'}.`
}

function describeServer({ root, layout }: Directory): string {
  const shown = recognisedKind(root)
  const read = `It is read as ${layout.kind.label}`
  if (!shown) return `${read}; the server does not say what it is.`
  return shown.name === layout.kind.name
    ? `${read}, which the server says it is.`
    : `${read}, and calls itself ${shown.label}.`
}

async function checkBase(directory: Directory): Promise<string> {
  await readCanary(directory)
  const { base } = directory.layout.users
  const contexts = directory.root.texts('namingContexts').filter((each) => each !== '')
  const within = contexts.some((each) => `,${normaliseDn(base)}`.endsWith(`,${normaliseDn(each)}`))
  return within || contexts.length === 0
    ? `${base} can be read.`
    : `${base} can be read, although the server names only ${contexts.join('; ')}.`
}

async function firstPage(directory: Directory, what: 'people' | 'groups'): Promise<readonly LdapEntry[]> {
  const { session, layout } = directory
  const { base, filter } = what === 'people' ? layout.users : layout.groups
  const attributes = what === 'people' ? userAttributes(layout) : groupAttributes(layout, 'withoutMembers')
  for await (const page of session.search({ what, base, filter, attributes })) {
    if (page.entries.length > 0) return page.entries
  }
  return []
}

async function checkUsers(directory: Directory, people: LdapEntry[]): Promise<string> {
  const { layout, settings } = directory
  people.push(...(await firstPage(directory, 'people')))
  if (people.length === 0) throw await explainNobody(directory)
  const records = people.flatMap((entry) => personOf(entry, layout, settings.users.lockedIsDisabled) ?? [])
  if (records.length === 0) throw noLogins(layout.users.login, people.length)
  const disabled = records.filter(({ active }) => !active).length
  return `Users can be read; of the first ${records.length}, ${disabled} are disabled.`
}

async function checkGroups(directory: Directory): Promise<string> {
  const { session, layout } = directory
  const entries = await firstPage(directory, 'groups')
  const records = entries.flatMap((entry) => groupOf(entry, layout) ?? [])
  const [first] = entries
  if (!first || records.length === 0) return 'Groups can be searched; there are none.'
  const whole = await session.entry(first.dn, groupAttributes(layout, 'withMembers'))
  const members = whole && (await listedMembers(session, whole, layout))
  const count = (members?.dns.length ?? 0) + (members?.logins.length ?? 0)
  return `Groups can be read; ${records[0]?.displayName} has ${count} members.`
}

/** An attribute that nobody of the first page has is misspelt, hidden, or rare: only chosen ones are worth a word. */
function checkAttributes({ settings }: Directory, people: readonly LdapEntry[]): string {
  const chosen = settings.attributes.filter((name) => name !== '*')
  const absent = chosen.filter((name) => !people.some((entry) => entry.has(name)))
  if (absent.length === 0) return 'All chosen attributes occur among the first people.'
  throw new Problem(
    ldapProblems.ldap_attribute_not_readable,
    `None of the first ${people.length} people has ${absent.join(', ')}.`,
  )
}

async function describeChanges(directory: Directory): Promise<string> {
  const { layout, settings } = directory
  if (!settings.incremental || layout.kind.changes === 'none') return 'Every reading is a full one.'
  if (layout.primary?.kind === 'number') return 'Every reading is a full one, because primary groups by number count.'
  const { since } = await takeWatermark(directory)
  const rest = `all ids are listed every ${settings.enumerateEveryHours} hours`
  if (layout.kind.changes === 'usn') return `Changes are read by uSNChanged of this domain controller; ${rest}.`
  return since === undefined
    ? `Changes are read by modifyTimestamp, and the server does not tell its time, so some entries are read again; ${rest}.`
    : `Changes are read by modifyTimestamp and the server's own time; ${rest}.`
}
