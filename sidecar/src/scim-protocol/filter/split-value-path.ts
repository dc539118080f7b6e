import { ScimError } from '../scim-error.ts'

/** `emails[type eq "work"].value` in its three parts, none of them read yet. */
export interface SplitValuePath {
  readonly attribute: string
  /** What stands between the brackets; undefined where there are none. */
  readonly filter: string | undefined
  /** What follows the brackets after a dot. */
  readonly sub: string | undefined
}

/** Cuts the path of a PATCH operation at its brackets, wherever quoted text holds brackets of its own (RFC 7644 3.5.2). */
export function splitValuePath(path: string): SplitValuePath {
  const open = path.indexOf('[')
  if (open === -1) return { attribute: path, filter: undefined, sub: undefined }
  const close = closingBracket(path, open)
  const rest = path.slice(close + 1)
  if (rest !== '' && !/^\.[$\w-]+$/.test(rest)) throw invalidPath('goes on after ] with something else than .attribute')
  return {
    attribute: path.slice(0, open).trimEnd(),
    filter: path.slice(open + 1, close),
    sub: rest === '' ? undefined : rest.slice(1),
  }
}

function closingBracket(path: string, open: number): number {
  let quoted = false
  for (let at = open + 1; at < path.length; at++) {
    const char = path[at]
    if (quoted && char === '\\') at++
    else if (char === '"') quoted = !quoted
    else if (char === ']' && !quoted) return at
  }
  throw invalidPath('has a [ without a ]')
}

const invalidPath = (what: string): ScimError =>
  new ScimError(400, 'invalidPath', `The path of the operation ${what}; write it as emails[type eq "work"].value.`)
