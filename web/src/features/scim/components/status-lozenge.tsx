import Lozenge from '@atlaskit/lozenge'
import type { ScimLogEntry } from '@rollcall/contract/api/scim'

/** The status of an answer; refusals with the SCIM word for why. */
export function StatusLozenge({ entry: { status, scimType } }: { readonly entry: ScimLogEntry }) {
  const appearance = status < 400 ? 'success' : status < 500 ? 'removed' : 'moved'
  return <Lozenge appearance={appearance}>{scimType === undefined ? status : `${status} ${scimType}`}</Lozenge>
}
