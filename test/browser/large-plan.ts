import type { OperationPage, OperationView, PlanView } from '@rollcall/contract/api/plans'

const size = 200_000
/** Every tenth change takes something away. */
const everyTenth = 10
const kindAt = (position: number) => (position % everyTenth === 0 ? 'removeMember' : 'addMember')

/** A plan too large to be made in a test, as the API would describe it. */
export const largePlan: PlanView = {
  id: 1,
  runId: 1,
  connection: { slug: 'entra', name: 'Microsoft Entra ID' },
  target: { slug: 'jira', name: 'Jira' },
  status: 'planned',
  asOf: Date.now(),
  hash: 'large',
  subjects: size,
  counts: { addMember: { planned: size - size / everyTenth }, removeMember: { planned: size / everyTenth } },
  findings: {},
  causes: [],
  irreversible: [],
  seats: [],
  margins: [],
  first: false,
  applicable: true,
}

/** The page of its operations that a query asks for. */
export function largePlanPage(query: URLSearchParams): OperationPage {
  const kinds = query.get('kinds')?.split(',') ?? []
  const matches = (position: number) => kinds.length === 0 || kinds.includes(kindAt(position))
  const limit = Number(query.get('limit'))
  const operations: OperationView[] = []
  let position = Number(query.get('after') ?? -1) + 1
  for (; position < size && operations.length < limit; position++) {
    if (matches(position)) operations.push(operationAt(position))
  }
  const total = Object.entries(largePlan.counts)
    .filter(([kind]) => kinds.length === 0 || kinds.includes(kind))
    .reduce((sum, [, { planned = 0 }]) => sum + planned, 0)
  return { operations, total, ...(position < size && { nextAfter: position - 1 }) }
}

const operationAt = (position: number): OperationView => ({
  id: position + 1,
  position,
  kind: kindAt(position),
  subject: `person.${position}`,
  group: 'jira-software-users',
  description: `${position % everyTenth === 0 ? 'Remove' : 'Add'} person.${position}`,
  reasons: ['In the source group Engineering'],
  status: 'planned',
  destructive: position % everyTenth === 0,
})
