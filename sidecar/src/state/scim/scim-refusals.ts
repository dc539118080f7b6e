import type { ResourceTypeName } from '../../scim-protocol/resource.ts'
import { ScimError } from '../../scim-protocol/scim-error.ts'
import type { IfMatch } from './scim-change.ts'

export const noSuchResource = (type: ResourceTypeName): ScimError =>
  new ScimError(404, undefined, `There is no ${type} with this id; it was deleted, or belongs to another connection.`)

export const userNameTaken = (): ScimError =>
  new ScimError(
    409,
    'uniqueness',
    'Another User of this connection has this userName; find it by userName and update it, or choose another name.',
  )

/** RFC 7644 3.14: a write that names versions applies to those only. */
export function checkVersion(ifMatch: IfMatch, version: number): void {
  if (ifMatch === undefined || ifMatch === 'any' || ifMatch.includes(version)) return
  throw new ScimError(
    412,
    undefined,
    `The resource has version W/"${version}", which If-Match does not name; read it again and repeat the change.`,
  )
}
