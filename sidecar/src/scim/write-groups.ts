import { randomUUID } from 'node:crypto'
import { type MemberChange, planGroupPatch } from '../scim-protocol/group-patch.ts'
import { etagOf, locationOf } from '../scim-protocol/meta-text.ts'
import { parsePatch } from '../scim-protocol/patch-message.ts'
import { readResource } from '../scim-protocol/read-resource.ts'
import { replaceAttributes } from '../scim-protocol/replace-resource.ts'
import { readBody } from '../scim-protocol/stored-body.ts'
import type { IfMatch } from '../state/scim/scim-change.ts'
import { changeGroup, createGroup, deleteGroup } from '../state/scim/scim-groups.ts'
import { type Answering, outcomeOfGroup } from './answer-stored.ts'
import { attributesOf, attributesPatched, describeDeviations, nameIn } from './call-notes.ts'
import type { ScimOutcome } from './scim-answer.ts'
import type { ScimCall } from './scim-call.ts'
import { commitLogged, deliver, type ScimService, type Touch } from './scim-service.ts'

/** Which group, and in which versions, a write is about. */
export interface GroupSubject {
  readonly id: string
  readonly ifMatch: IfMatch
}

export async function postGroup(
  service: ScimService,
  call: ScimCall,
  body: unknown,
  answering: Answering,
): Promise<ScimOutcome> {
  const { attributes, members = [], deviations } = readResource('Group', body)
  const id = randomUUID()
  const detail = describeDeviations(deviations)
  call.note({ subjectName: nameIn(attributes), attributes: attributesOf(attributes), detail })
  const row = await commitLogged(service, call, 201, (write, at) => {
    call.note({ id })
    return createGroup(write, call.connection.id, { attributes, members: added(members) }, at, id)
  })
  await deliver(service, call, members.length === 1 ? 'onePerson' : 'several')
  return outcomeOfGroup(201, row, answering)
}

/** Members that a PUT does not speak of are gone by the RFC; the log says so, because not every client means it. */
export async function putGroup(
  service: ScimService,
  call: ScimCall,
  subject: GroupSubject,
  body: unknown,
  answering: Answering,
): Promise<ScimOutcome> {
  const read = readResource('Group', body)
  const notes = [describeDeviations(read.deviations), read.members === undefined ? emptied : undefined]
  call.note({
    subjectName: nameIn(read.attributes),
    attributes: attributesOf(read.attributes),
    detail: notes.filter((note) => note !== undefined).join('; ') || undefined,
  })
  const members = replaced(read.members ?? [])
  const { row, changed } = await commitLogged(service, call, 200, (write, at) =>
    changeGroup(write, { ...subject, connection: call.connection.id, at }, (before) => ({
      attributes: replaceAttributes(before.attributes, read).attributes,
      members,
    })),
  )
  if (changed) await deliver(service, call, 'several')
  return outcomeOfGroup(200, row, answering)
}

const emptied = 'members: the body has none, so the group was emptied'

/** 204 without the members, however many there are (what Entra wants); the group itself only for who asks for attributes. */
export async function patchGroup(
  service: ScimService,
  call: ScimCall,
  subject: GroupSubject,
  body: unknown,
  answering: Answering,
): Promise<ScimOutcome> {
  const message = parsePatch(body)
  call.note({ attributes: attributesPatched(message) })
  const plan = planGroupPatch(message)
  const status = answering.projection === undefined ? 204 : 200
  const { row, changed } = await commitLogged(service, call, status, (write, at) =>
    changeGroup(write, { ...subject, connection: call.connection.id, at }, (before) => {
      const { attributes, deviations } = plan.attributes(before)
      call.note({ subjectName: nameIn(attributes), detail: describeDeviations([...plan.deviations, ...deviations]) })
      return { attributes, members: plan.members }
    }),
  )
  if (changed) await deliver(service, call, touchOf(plan.members))
  if (status === 200) return outcomeOfGroup(200, row, answering)
  const location = locationOf('Group', row.id, answering.baseUrl)
  return { status, body: undefined, etag: etagOf(row.version), location }
}

export async function removeGroup(service: ScimService, call: ScimCall, subject: GroupSubject): Promise<ScimOutcome> {
  await commitLogged(service, call, 204, (write, at) => {
    const row = deleteGroup(write, { ...subject, connection: call.connection.id, at })
    call.note({ subjectName: nameIn(readBody(row.body)) })
  })
  await deliver(service, call, 'several')
  return { status: 204, body: undefined }
}

const added = (ids: readonly string[]): MemberChange[] => (ids.length === 0 ? [] : [{ kind: 'add', ids }])

const replaced = (ids: readonly string[]): MemberChange[] =>
  ids.length === 0 ? [{ kind: 'removeAll' }] : [{ kind: 'replaceAll', ids }]

function touchOf(members: readonly MemberChange[]): Touch {
  const [only, ...others] = members
  if (only === undefined || others.length > 0) return 'several'
  return (only.kind === 'add' || only.kind === 'remove') && only.ids.length === 1 ? 'onePerson' : 'several'
}
