import { type Answer, isAnswer, noContent, ok, page } from '../data-center/answer.ts'
import type { Group, User } from '../data-center/user.ts'
import { noUserNamed, refuse } from './answer.ts'
import { groupBean, userBean } from './beans.ts'
import type { Call, Handler } from './call.ts'
import { groupOf } from './find.ts'
import { type GlobalPermission, globalPermissions, isGlobalPermission } from './global-permissions.ts'

type Subject = { kind: 'user'; user: User } | { kind: 'group'; group: Group }

/** In 8.5 there is no list of all (Confluence REST, session). */
export const listPermissions: Handler = (call) => {
  const { features, groups, people } = call.confluence
  if (!features.serverInformation) return page(404, 'Not Found')
  const subjects: Subject[] = [
    ...groups.sorted().map((group) => ({ kind: 'group', group }) as const),
    ...people.sorted().map((user) => ({ kind: 'user', user }) as const),
  ]
  return ok(subjects.flatMap((subject) => beansOf(call, subject)))
}

/** Direct grants only; those of groups are not merged [believed] (Confluence REST, session). */
export const permissionsOfUser: Handler = (call) => {
  const user = userOf(call)
  return isAnswer(user) ? user : ok(beansOf(call, { kind: 'user', user }))
}

export const permissionsOfGroup: Handler = (call) => {
  const group = groupOf(call)
  return isAnswer(group) ? group : ok(beansOf(call, { kind: 'group', group }))
}

/** By key only in 8.5 and 9.2, by key or name since 9.3.2 (Confluence REST, groups). */
function userOf({ confluence: { people, features }, parameters: { keyOrName = '' } }: Call): User | Answer {
  const named = features.updates ? people.find(keyOrName) : undefined
  return people.findByKey(keyOrName) ?? named ?? noUserNamed(keyOrName)
}

function beansOf(call: Call, subject: Subject) {
  return [...heldBy(call, subject)].map((permission) => {
    const [targetType, operationKey] = permission.split('/')
    return {
      operation: { targetType, operationKey },
      subject:
        subject.kind === 'user'
          ? userBean(call, subject.user)
          : { ...groupBean(call, subject.group), displayName: subject.group.name },
    }
  })
}

const heldBy = ({ confluence: { permissions } }: Call, subject: Subject): ReadonlySet<GlobalPermission> =>
  subject.kind === 'user' ? permissions.ofUser(subject.user.key) : permissions.ofGroup(subject.group.name)

export const grantToUser: Handler = (call) => changeOf(call, userSubject(call), granted)
export const revokeFromUser: Handler = (call) => changeOf(call, userSubject(call), revoked)
export const grantToGroup: Handler = (call) => changeOf(call, groupSubject(call), granted)
export const revokeFromGroup: Handler = (call) => changeOf(call, groupSubject(call), revoked)

type Change = (held: ReadonlySet<GlobalPermission>, asked: readonly GlobalPermission[]) => Set<GlobalPermission>

const granted: Change = (held, asked) => new Set([...held, ...asked])

/** Who may not use Confluence holds nothing else either (Confluence REST, groups). */
const revoked: Change = (held, asked) =>
  asked.includes('application/use') ? new Set() : new Set([...held].filter((each) => !asked.includes(each)))

/** Writing global permissions came with 9.3.2 (Confluence REST, releases). */
function changeOf(call: Call, subject: Subject | Answer, change: Change): Answer {
  if (!call.confluence.features.updates) return page(404, 'Not Found')
  if (isAnswer(subject)) return subject
  const asked = operationsOf(parsed(call.text))
  if (!asked) return refuse(400, unknownOperation)
  write(call, subject, change(heldBy(call, subject), asked))
  return noContent
}

function userSubject(call: Call): Subject | Answer {
  const user = userOf(call)
  return isAnswer(user) ? user : { kind: 'user', user }
}

function groupSubject(call: Call): Subject | Answer {
  const group = groupOf(call)
  return isAnswer(group) ? group : { kind: 'group', group }
}

function write({ confluence: { permissions } }: Call, subject: Subject, held: Iterable<GlobalPermission>): void {
  if (subject.kind === 'user') permissions.setUser(subject.user.key, held)
  else permissions.setGroup(subject.group.name, held)
}

const unknownOperation = `The operations must be a list of ${globalPermissions.join(', ')}.`
const mostSubjects = 40

/** Replaces the whole set of each subject, of 40 at most (Confluence REST, groups). */
export const setPermissions: Handler = (call) => {
  if (!call.confluence.features.updates) return page(405, 'Method Not Allowed')
  const list = parsed(call.text)
  if (!Array.isArray(list) || list.length > mostSubjects) {
    return refuse(400, `The permissions must be a list of at most ${mostSubjects} subjects.`)
  }
  const writes: (() => void)[] = []
  for (const entry of list as readonly unknown[]) {
    const write = writeOf(call, entry)
    if (typeof write !== 'function') return write
    writes.push(write)
  }
  for (const write of writes) write()
  return noContent
}

function writeOf(call: Call, entry: unknown): (() => void) | Answer {
  const { userKey, groupName, operations } = (entry ?? {}) as Record<string, unknown>
  const asked = operationsOf(operations)
  if (!asked) return refuse(400, unknownOperation)
  const { people, groups } = call.confluence
  const user = typeof userKey === 'string' ? people.findByKey(userKey) : undefined
  const group = typeof groupName === 'string' ? groups.find(groupName) : undefined
  if (user) return () => write(call, { kind: 'user', user }, asked)
  return group ? () => write(call, { kind: 'group', group }, asked) : refuse(404, 'No such user or group.')
}

function operationsOf(list: unknown): GlobalPermission[] | undefined {
  if (!Array.isArray(list)) return undefined
  const asked = list.map((each) => `${each?.targetType}/${each?.operationKey}`)
  return asked.every(isGlobalPermission) ? asked : undefined
}

function parsed(text: string): unknown {
  return JSON.parse(text)
}
