import type { Attributes, AttributeValue } from '../../identity/identity.ts'
import type { AccountKey } from '../../identity/ids.ts'
import { nameKey } from '../../identity/name-key.ts'
import type { ProductAnswer } from '../data-center/product-answer.ts'
import type { ProductClient } from '../data-center/product-client.ts'
import { refusal } from '../data-center/product-failures.ts'
import type { AcceptWrite } from './accept-write.ts'
import { api } from './crowd-client.ts'
import { crowdProblems } from './crowd-problems.ts'
import { crowdFailures } from './crowd-product.ts'
import { listOf, recordOf, textOf } from './crowd-wire.ts'
import { presentUser } from './find-user.ts'

/** Lists the names that we wrote, so that one which is no longer wanted can be taken away, and no other ever is. */
const index = 'rollcall.attributes'
/** Crowd REST, calls. */
const mostCharacters = 255

/** What Crowd keeps among the attributes of a user for itself [believed]. */
const reserved: ReadonlySet<string> = new Set(
  [
    index,
    'invalidPasswordAttempts',
    'lastActive',
    'lastAuthenticated',
    'passwordLastChanged',
    'requiresPasswordChange',
    'synch.ALIASES_ERROR',
  ].map(nameKey),
)

/** Crowd stores texts, each attribute any number of them (Crowd REST, calls). */
export const textsOf = (value: AttributeValue): readonly string[] =>
  typeof value === 'object' ? value : [String(value)]

type Texts = ReadonlyMap<string, readonly string[]>

export function createAttributeWrites(client: ProductClient, acceptWrite: AcceptWrite) {
  const accept = (answer: ProductAnswer) =>
    acceptWrite({ answer, ability: 'setAttributes', doing: 'to store the attributes of an account' })

  async function post(username: string, texts: Texts, signal: AbortSignal): Promise<void> {
    const attributes = [...texts].map(([name, values]) => ({ name, values }))
    accept(await client.post(`${api}/user/attribute`, { parameters: { username }, body: { attributes } }, signal))
  }

  async function read(username: string, signal: AbortSignal): Promise<Texts> {
    const answer = await client.get(`${api}/user/attribute`, { username }, signal)
    if (answer.status !== 200) throw crowdFailures.unexplained(answer, 'reading the attributes of a user')
    const { attributes } = recordOf(answer.body, 'the attributes of a user')
    return new Map(listOf(attributes, 'the attributes of a user').map(attributeOf))
  }

  /** What is written is listed before it is written, so that an interruption leaves nothing that nobody knows of. */
  return async function setAttributes(key: AccountKey, wanted: Attributes, signal: AbortSignal): Promise<void> {
    const texts = checked(wanted)
    const { name: username } = await presentUser(client, { key }, signal)
    const before = (await read(username, signal)).get(index) ?? []
    const gone = before.filter((name) => !texts.has(name))
    if (texts.size + before.length === 0) return
    await post(username, new Map([...texts, [index, [...texts.keys(), ...gone]]]), signal)
    if (gone.length === 0) return
    for (const attributename of gone) {
      accept(await client.delete(`${api}/user/attribute`, { username, attributename }, signal))
    }
    if (texts.size > 0) return post(username, new Map([[index, [...texts.keys()]]]), signal)
    accept(await client.delete(`${api}/user/attribute`, { username, attributename: index }, signal))
  }
}

function attributeOf(value: unknown): [string, readonly string[]] {
  const { name, values } = recordOf(value, 'an attribute')
  const texts = listOf(values ?? [], 'the values of an attribute').filter((each) => typeof each === 'string')
  return [textOf(name, 'an attribute with a name'), texts]
}

/** An attribute without values is none to Crowd. */
function checked(attributes: Attributes): Texts {
  const texts = new Map(Object.entries(attributes).map(([name, value]) => [name, textsOf(value)]))
  for (const [name, values] of texts) {
    if (values.length === 0) texts.delete(name)
    if (reserved.has(nameKey(name))) {
      throw refusal(crowdProblems.crowd_attribute_reserved, `Crowd keeps an attribute called ${name} for itself.`)
    }
    const longest = Math.max(name.length, ...values.map((text) => text.length))
    if (longest > mostCharacters) throw tooLong(name.slice(0, mostCharacters), longest)
  }
  return texts
}

const tooLong = (name: string, length: number) =>
  refusal(
    crowdProblems.crowd_attribute_too_long,
    `The attribute ${name} has ${length} characters, Crowd stores ${mostCharacters}.`,
  )
