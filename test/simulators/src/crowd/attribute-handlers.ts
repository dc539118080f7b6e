import { longestName } from '../data-center/names.ts'
import { type CrowdAnswer, done, refuse, told } from './answer.ts'
import { attributesBean } from './beans.ts'
import type { Handler } from './call.ts'
import { withGroup } from './group-handlers.ts'
import { withUser } from './user-handlers.ts'

/** Under `/user/attribute` and `/group/attribute` alike (Crowd REST, calls). */
export const getUserAttributes: Handler = (call) =>
  withUser(call, (user) => told('attributes', attributesBean(call, user, 'user')))
export const getGroupAttributes: Handler = (call) =>
  withGroup(call, (group) => told('attributes', attributesBean(call, group, 'group')))

/** Named attributes are replaced, others stay; an empty list of values takes one away [believed] (Crowd REST, calls). */
export const setUserAttributes: Handler = (call) =>
  withUser(call, (user) => {
    const given = attributesOf(call.body)
    return isFault(given) ? given : (call.realm.setUserAttributes(user.name, given) ?? done)
  })
export const setGroupAttributes: Handler = (call) =>
  withGroup(call, (group) => {
    const given = attributesOf(call.body)
    return isFault(given) ? given : (call.realm.setGroupAttributes(group.name, given) ?? done)
  })

/** Deleting what is not there changes nothing [believed]. */
export const deleteUserAttribute: Handler = (call) =>
  withUser(call, (user) => call.realm.setUserAttributes(user.name, none(call.query.attributename)) ?? done)
export const deleteGroupAttribute: Handler = (call) =>
  withGroup(call, (group) => call.realm.setGroupAttributes(group.name, none(call.query.attributename)) ?? done)

const none = (name = ''): Map<string, readonly string[]> => new Map([[name, []]])

/** A value holds at most 255 characters (Crowd REST, calls); the answer to a longer one is believed. */
function attributesOf({ attributes }: Readonly<Record<string, unknown>>): Map<string, readonly string[]> | CrowdAnswer {
  if (!Array.isArray(attributes)) return badArgument('attributes must be a list')
  const found = new Map<string, readonly string[]>()
  for (const { name, values } of attributes as { name?: unknown; values?: unknown }[]) {
    if (typeof name !== 'string' || name === '') return badArgument('An attribute needs a name')
    if (!Array.isArray(values) || !values.every((each) => typeof each === 'string')) {
      return badArgument(`Attribute <${name}> needs a list of values`)
    }
    if ([name, ...values].some((each) => each.length > longestName)) {
      return badArgument(`Attribute <${name}> has a value of more than ${longestName} characters`)
    }
    found.set(name, values)
  }
  return found
}

const badArgument = (message: string): CrowdAnswer => refuse(400, 'ILLEGAL_ARGUMENT', message)
const isFault = (given: object): given is CrowdAnswer => 'status' in given
