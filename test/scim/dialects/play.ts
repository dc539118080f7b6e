import type { ScimWorld } from '../harness/scim-world.ts'
import type { Answer, Conversation, Desired, Exchange } from './conversation.ts'
import { differences, valueAt } from './differences.ts'
import { fill, fillPath, type Kept } from './fill.ts'

/** Leads a conversation with the service, and gives back everything that was not as the client needs it. */
export async function play(
  world: Pick<ScimWorld, 'send' | 'desired'>,
  conversation: Conversation,
): Promise<readonly string[]> {
  const faults: string[] = []
  let kept: Kept = {}
  for (const [index, step] of conversation.steps.entries()) {
    const found = step.kind === 'desired' ? compareDesired(step, await world.desired()) : await lead(step)
    faults.push(...found.map((fault) => `step ${index + 1}, ${nameOf(step)}: ${fault}`))
  }
  return faults

  async function lead(step: Exchange): Promise<readonly string[]> {
    const headers = { ...conversation.headers, ...(fill(step.headers ?? {}, kept) as Record<string, string>) }
    const body = step.body === undefined ? undefined : JSON.stringify(fill(step.body, kept))
    const reply = await world.send(step.method, fillPath(step.path, kept), { headers, body })
    for (const [name, path] of Object.entries(step.keep ?? {})) kept = { ...kept, [name]: valueAt(reply.body, path) }
    return compare({ ...step.answer, body: fill(step.answer.body, kept) }, reply)
  }
}

interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: unknown
}

function compare(answer: Answer, { status, headers, body }: Reply): readonly string[] {
  const statuses = typeof answer.status === 'number' ? [answer.status] : answer.status
  if (!statuses.includes(status))
    return [`status is ${status} instead of ${statuses.join(' or ')}: ${JSON.stringify(body)}`]
  const forbidden = (answer.without ?? []).filter((path) => valueAt(body, path) !== undefined)
  return [
    ...(answer.body === undefined ? [] : differences(answer.body, body)),
    ...forbidden.map((path) => `${path} is in the body`),
    ...Object.entries(answer.headers ?? {}).flatMap(([name, value]) => differences(value, headers[name], name)),
  ]
}

const compareDesired = ({ people, groups }: Desired, actual: Omit<Desired, 'kind' | 'when'>): readonly string[] => [
  ...(['active', 'disabled', 'deleted'] as const).flatMap((state) =>
    differences(people[state] ?? [], actual.people[state] ?? [], state),
  ),
  ...differences(groups, actual.groups, 'groups'),
  ...Object.keys(actual.groups)
    .filter((name) => !(name in groups))
    .map((name) => `there is a group ${name}`),
]

const nameOf = (step: Exchange | Desired): string =>
  step.kind === 'desired' ? `desired state ${step.when}` : step.does
