import { randomUUID } from 'node:crypto'
import { applyPatch } from '../scim-protocol/apply-patch.ts'
import type { Deviation } from '../scim-protocol/deviation.ts'
import { identityOfUser } from '../scim-protocol/identity-of-user.ts'
import { parsePatch } from '../scim-protocol/patch-message.ts'
import { readResource } from '../scim-protocol/read-resource.ts'
import { replaceAttributes } from '../scim-protocol/replace-resource.ts'
import type { ScimAttributes, StoredResource } from '../scim-protocol/resource.ts'
import { readBody } from '../scim-protocol/stored-body.ts'
import type { AnsweredUser } from '../state/scim/answered-users.ts'
import type { IfMatch } from '../state/scim/scim-change.ts'
import { changeUser, createUser, deleteUser } from '../state/scim/scim-users.ts'
import type { GroupWrite } from '../store/group-commit.ts'
import { type Answering, outcomeOfUser, readAnswer } from './answer-stored.ts'
import { attributesOf, attributesPatched, describeDeviations, nameIn } from './call-notes.ts'
import type { ScimOutcome } from './scim-answer.ts'
import type { ScimCall } from './scim-call.ts'
import { commitLogged, deliver, type ScimService } from './scim-service.ts'

/** Which user, and in which versions, a write is about. */
export interface UserSubject {
  readonly id: string
  readonly ifMatch: IfMatch
}

export async function postUser(
  service: ScimService,
  call: ScimCall,
  body: unknown,
  answering: Answering,
): Promise<ScimOutcome> {
  const { attributes, deviations } = readResource('User', body)
  const id = randomUUID()
  noteWritten(call, attributes, deviations)
  checkCertain(service, call, id, attributes, 'create')
  const user = await commitLogged(service, call, 201, (write, at) => {
    call.note({ id })
    createUser(write, call.connection.id, attributes, at, id)
    return written(write, call, id, answering)
  })
  await deliver(service, call, 'onePerson')
  return outcomeOfUser(201, id, user, answering)
}

export async function putUser(
  service: ScimService,
  call: ScimCall,
  subject: UserSubject,
  body: unknown,
  answering: Answering,
): Promise<ScimOutcome> {
  const read = readResource('User', body)
  noteWritten(call, read.attributes, read.deviations)
  return change(service, call, subject, answering, (before) => replaceAttributes(before.attributes, read).attributes)
}

export async function patchUser(
  service: ScimService,
  call: ScimCall,
  subject: UserSubject,
  body: unknown,
  answering: Answering,
): Promise<ScimOutcome> {
  const message = parsePatch(body)
  call.note({ attributes: attributesPatched(message) })
  return change(service, call, subject, answering, (before) => {
    const { attributes, deviations } = applyPatch(before, message)
    call.note({ subjectName: nameIn(attributes), detail: describeDeviations(deviations) })
    return attributes
  })
}

export async function removeUser(service: ScimService, call: ScimCall, subject: UserSubject): Promise<ScimOutcome> {
  await commitLogged(service, call, 204, (write, at) => {
    const row = deleteUser(write, { ...subject, connection: call.connection.id, at })
    call.note({ subjectName: nameIn(readBody(row.body)) })
  })
  await deliver(service, call, 'onePerson')
  return { status: 204, body: undefined }
}

async function change(
  service: ScimService,
  call: ScimCall,
  subject: UserSubject,
  answering: Answering,
  modify: (before: StoredResource) => ScimAttributes,
): Promise<ScimOutcome> {
  const { user, changed } = await commitLogged(service, call, 200, (write, at) => {
    const { changed } = changeUser(write, { ...subject, connection: call.connection.id, at }, (before) => {
      const attributes = modify(before)
      checkCertain(service, call, subject.id, attributes, 'change')
      return attributes
    })
    return { user: written(write, call, subject.id, answering), changed }
  })
  if (changed) await deliver(service, call, 'onePerson')
  return outcomeOfUser(200, subject.id, user, answering)
}

/** Read in the same go: what somebody else writes right after it is in their answer. */
function written(write: GroupWrite, { connection }: ScimCall, id: string, answering: Answering): AnsweredUser {
  const user = readAnswer(write, connection.id, id, answering)
  if (user === undefined) throw new TypeError('a user that was just written is there')
  return user
}

/** Refuses what a target is certain not to have, before anything is stored. */
function checkCertain(
  { refusals }: ScimService,
  { connection }: ScimCall,
  id: string,
  attributes: ScimAttributes,
  occasion: 'create' | 'change',
): void {
  refusals.checkPerson(connection.id, identityOfUser(id, attributes), occasion)
}

function noteWritten(call: ScimCall, attributes: ScimAttributes, deviations: readonly Deviation[]): void {
  call.note({
    subjectName: nameIn(attributes),
    attributes: attributesOf(attributes),
    detail: describeDeviations(deviations),
  })
}
