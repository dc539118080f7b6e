import type { Ability } from '../../planning/capabilities.ts'
import { quoted, refusal } from '../data-center/product-failures.ts'
import { isReadOnly, type RefusedWrite } from '../data-center/write-failure.ts'
import { TargetError } from '../target-error.ts'
import type { CrowdMemory } from './crowd-memory.ts'
import { crowdProblems } from './crowd-problems.ts'
import { crowdFailures, crowdProduct, reasonOf } from './crowd-product.ts'
import { unknownUser } from './find-user.ts'
import { permissionRemedy } from './permission-matrix.ts'

const permissionReasons: ReadonlySet<string> = new Set(['APPLICATION_PERMISSION_DENIED', 'PERMISSION_DENIED'])
/** An embedded Crowd may say it in words alone: its directory takes no writes. */
const readOnly = /read[- ]only|does not (allow|support)/i

/** Names the failure of a write by the reason that Crowd gives (Crowd REST), and remembers what it says about its kind. */
export function writeFailure(memory: CrowdMemory, { answer, ability, doing }: RefusedWrite): TargetError {
  const reason = reasonOf(answer.body)
  const { text } = crowdProduct.messageOf(answer.body)
  const said = quoted(text)
  if (
    permissionReasons.has(reason) ||
    (reason === 'UNSUPPORTED_OPERATION' && !isNesting(ability)) ||
    isReadOnly(readOnly, text, doing)
  ) {
    return permissionMissing(memory, ability, doing)
  }
  switch (reason) {
    case 'USER_NOT_FOUND':
      return unknownUser()
    case 'INVALID_EMAIL':
      return refusal(crowdProblems.crowd_email_illegal, `Crowd refused ${doing}: ${said}`)
    case 'ILLEGAL_ARGUMENT':
    case 'INVALID_GROUP':
    case 'INVALID_USER':
      return /e-?mail/i.test(text)
        ? refusal(crowdProblems.crowd_email_illegal, `Crowd refused ${doing}: ${said}`)
        : refusal(crowdProblems.crowd_name_illegal, `Crowd refused ${doing}: ${said}`)
    case 'GROUP_NOT_FOUND':
      return refusal(crowdProblems.crowd_group_unknown, `Crowd refused ${doing}: the group does not exist.`)
    default:
      return crowdFailures.unexplained(answer, doing)
  }
}

const isNesting = (ability: Ability) => ability === 'addChildGroup' || ability === 'removeChildGroup'

function permissionMissing(memory: CrowdMemory, ability: Ability, doing: string): TargetError {
  const reach = memory.refused(ability) ? 'denied' : 'refused'
  const what = `Crowd refused ${doing}: no directory of the application permits it.`
  return new TargetError(crowdProblems.crowd_permission_missing, reach, what, { remedy: permissionRemedy(ability) })
}
