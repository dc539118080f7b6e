import { protocolLimits } from './protocol-limits.ts'
import { ScimError } from './scim-error.ts'

/** Names come from the client: shortened, so that no answer or log line grows with them. */
export const shown = (name: string): string => (name.length > 120 ? `${name.slice(0, 120)}…` : name)

/** 400 `invalidValue`: which attribute, what is wrong with it, what to change at the provider. */
export const invalidValue = (name: string, wrong: string, remedy: string): ScimError =>
  new ScimError(400, 'invalidValue', `${shown(name)} ${wrong}; ${remedy}.`)

export const invalidSyntax = (detail: string): ScimError => new ScimError(400, 'invalidSyntax', detail)

export const invalidPath = (path: string, wrong: string): ScimError =>
  new ScimError(400, 'invalidPath', `The path ${shown(path)} ${wrong}.`)

export const readOnly = (name: string): ScimError =>
  new ScimError(400, 'mutability', `${shown(name)} cannot be written; remove it from the attribute mapping.`)

export const tooManyValues = (name: string): ScimError =>
  invalidValue(name, `has more than ${protocolLimits.values} values`, 'map fewer values to it')
