import { nameKey } from '../../identity/name-key.ts'
import { isAddressUnknown, isHidden } from '../compare-claimed.ts'
import { fieldOf } from '../expression-scope.ts'
import type { AccountState, WantedAccount } from '../subject.ts'
import { absence, accountOf, fromFinding, nameConflict, ownOperations } from './explain-account.ts'
import type {
  AccountExplanation,
  AttributeExplanation,
  Obstacle,
  OwnOperation,
  PersonPlanned,
  Rule,
} from './explanation.ts'
import { asText, obstacles } from './obstacles.ts'

/** One attribute: how it is made, what the account has, what an operation writes. */
interface Attribute {
  readonly name: string
  readonly rules: readonly Rule[]
  readonly wanted: (wanted: WantedAccount) => string | undefined
  readonly present: (account: AccountState, person: PersonPlanned) => string | undefined
  /** What an operation writes. */
  readonly written: (person: PersonPlanned) => Written | undefined
  readonly same: (a: string, b: string) => boolean
  readonly unchanged: (person: PersonPlanned, account: AccountState) => Obstacle | undefined
}

interface Written {
  readonly by: OwnOperation
  readonly value: string
}

/** Every attribute that the policy makes: what the account has, where it comes from, and why it differs if it does. */
export function explainAttributes(
  person: PersonPlanned,
  { verdict, obstacle }: AccountExplanation,
): readonly AttributeExplanation[] {
  return attributesOf(person).map((attribute) => {
    const { name, rules } = attribute
    const wanted = person.projection.wanted && attribute.wanted(person.projection.wanted)
    const common = { name, rules, wanted, reads: readsOf(person, rules), because: [] }
    const account = accountOf(person)
    const value = account && attribute.present(account, person)
    const written = attribute.written(person)
    if (written !== undefined) {
      return { ...common, value, wanted: written.value, verdict: 'gets', obstacle: undefined, by: written.by }
    }
    if (account === undefined) return { ...common, value, verdict, obstacle, by: undefined }
    const isSame = wanted === undefined || value === undefined ? wanted === value : attribute.same(wanted, value)
    if (isSame) return { ...common, value, verdict: 'has', obstacle: undefined, by: undefined }
    const differs = reasonToDiffer(person, attribute, account, wanted)
    return { ...common, value, verdict: 'hasNot', obstacle: differs, by: undefined }
  })
}

const byKey = (a: string, b: string) => nameKey(a) === nameKey(b)

function attributesOf(person: PersonPlanned): readonly Attribute[] {
  const { userName, email, displayName, customAttributes } = person.context.policy.users.policy
  return [
    { ...userNameAttribute, rules: rulesOf('users/userName', userName) },
    { ...emailAttribute, rules: [{ key: 'users/email', value: email }] },
    { ...displayNameAttribute, rules: [{ key: 'users/displayName', value: displayName }] },
    ...customAttributes.map(({ name, expression }, index) =>
      customAttribute(name, { key: `users/customAttributes/${index}/expression`, value: expression }),
    ),
  ]
}

const rulesOf = (key: string, parts: Readonly<Record<string, string | undefined>>): readonly Rule[] =>
  Object.entries(parts).flatMap(([part, value]) => (value === undefined ? [] : [{ key: `${key}/${part}`, value }]))

const userNameAttribute: Omit<Attribute, 'rules'> = {
  name: 'user name',
  wanted: ({ name }) => name,
  present: ({ name }) => name,
  written: (person) => after(person, 'name'),
  same: byKey,
  unchanged(person, account) {
    const claim = person.compared?.subject.claim
    if (person.context.capabilities.names.userNameIs === 'email') return obstacles.knownByEmail
    const wanted = person.projection.wanted
    if (claim !== undefined && wanted !== undefined && claim.suffixOf === wanted.nameKey) {
      return obstacles.suffixed(wanted.name)
    }
    const conflict = account && nameConflict(person.wholePlan.findings)
    return conflict && fromFinding(conflict)
  },
}

const emailAttribute: Omit<Attribute, 'rules'> = {
  name: 'e-mail',
  wanted: ({ email }) => email,
  present: ({ email }) => email,
  written: (person) => after(person, 'email'),
  same: byKey,
  unchanged({ context }, account) {
    if (context.capabilities.names.userNameIs === 'email' && isHidden(account)) return obstacles.hidden
    return isAddressUnknown(account, context) ? obstacles.notShown : undefined
  },
}

const displayNameAttribute: Omit<Attribute, 'rules'> = {
  name: 'display name',
  wanted: ({ displayName }) => displayName,
  present: ({ displayName }) => displayName,
  written: (person) => after(person, 'displayName'),
  same: (a, b) => a === b.trim() || a === b,
  unchanged: () => undefined,
}

const customAttribute = (name: string, rule: Rule): Attribute => ({
  name,
  rules: [rule],
  wanted: ({ attributes }) => asText(attributes[name]),
  // Products do not list them: what we wrote last.
  present: (_account, { compared }) => asText(compared?.subject.claim?.attributesWritten?.[name]),
  written(person) {
    const writing = ownOperations(person).find(({ kind }) => kind === 'setAttributes')
    if (writing?.kind !== 'setAttributes') return undefined
    const value = asText(writing.after[name])
    const before = asText(person.compared?.subject.claim?.attributesWritten?.[name])
    return value === undefined || value === before ? undefined : { by: writing, value }
  },
  same: (a, b) => a === b,
  unchanged: () => undefined,
})

function after(person: PersonPlanned, part: 'name' | 'email' | 'displayName'): Written | undefined {
  const blocked = nameConflict(person.wholePlan.findings) !== undefined
  for (const by of ownOperations(person)) {
    const value = writtenBy(by, part)
    if (value !== undefined && !(by.kind === 'renameUser' && blocked)) return { by, value }
  }
  return undefined
}

function writtenBy(operation: OwnOperation, part: 'name' | 'email' | 'displayName'): string | undefined {
  if (operation.kind === 'createUser') return operation.after[part]
  if (operation.kind === 'renameUser') return part === 'name' ? operation.after.name : undefined
  return operation.kind === 'updateUser' && part !== 'name' ? operation.after[part] : undefined
}

/** In the order in which planning asks. */
function reasonToDiffer(
  person: PersonPlanned,
  attribute: Attribute,
  account: AccountState,
  wanted: string | undefined,
): Obstacle {
  const { compared, projection, context } = person
  const absent = absence(person)
  if (absent !== undefined) return obstacles.leftAsIs(absent)
  const undecided = projection.findings[0]
  if (undecided !== undefined) return fromFinding(undecided)
  const own = attribute.unchanged(person, account)
  if (own !== undefined) return own
  if (!context.policy.users.policy.update) return obstacles.updateOff
  const codes: ReadonlySet<string> = new Set(['excepted', 'protected', 'conflict', 'illegalName', 'unsupported'])
  const finding = compared?.comparison.findings.find(({ code }) => codes.has(code))
  if (wanted === undefined) return obstacles.noValue
  return finding === undefined ? obstacles.noValue : fromFinding(finding)
}

const reference = /\buser\s*(?:\.\s*\??\s*(\w+)|\[\s*\??\s*["']([^"']+)["']\s*\])/g

/** The attributes that an expression names, as the identity provider has them. */
function readsOf({ identity }: PersonPlanned, rules: readonly Rule[]): AttributeExplanation['reads'] {
  const expression = rules.find(({ key }) => !key.endsWith('/pattern') && !key.endsWith('/replacement'))?.value ?? ''
  const names = new Set([...expression.matchAll(reference)].map(([, field, entry]) => field ?? entry ?? ''))
  return [...names].map((attribute) => ({ attribute, value: asText(fieldOf(identity, attribute)) }))
}
