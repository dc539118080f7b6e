import { refusal } from '../data-center/product-failures.ts'
import { crowdProblems } from './crowd-problems.ts'

/** Names that are never sent: older servers answer them with a failure inside (Data Center, names). */
export function assertLegalName(name: string): void {
  if (name.trim() !== '' && name.length <= 255) return
  throw refusal(crowdProblems.crowd_name_illegal, 'A name in Crowd has at least one and at most 255 characters.')
}
