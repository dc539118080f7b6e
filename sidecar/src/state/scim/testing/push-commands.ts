import fc from 'fast-check'
import type { MemberChange } from '../../../scim-protocol/group-patch.ts'
import type { ScimAttributes } from '../../../scim-protocol/resource.ts'

/** What clients do, over few names and ids so that they meet. Ids are given out in order, so that groups can name the next one. */
export type PushCommand =
  | { readonly kind: 'createUser'; readonly id: string; readonly attributes: ScimAttributes }
  | {
      readonly kind: 'changeUser'
      readonly id: string
      readonly attributes: ScimAttributes
      readonly version: number | undefined
    }
  | { readonly kind: 'deleteUser'; readonly id: string; readonly version: number | undefined }
  | {
      readonly kind: 'createGroup'
      readonly id: string
      readonly attributes: ScimAttributes
      readonly members: readonly MemberChange[]
    }
  | {
      readonly kind: 'changeGroup'
      readonly id: string
      readonly attributes: ScimAttributes
      readonly members: readonly MemberChange[]
      readonly version: number | undefined
    }
  | { readonly kind: 'deleteGroup'; readonly id: string; readonly version: number | undefined }

const anyId = fc.integer({ min: 0, max: 9 }).map((number) => `r${number}`)
const ids = fc.array(anyId, { maxLength: 4 })
const step: fc.Arbitrary<MemberChange> = fc.oneof(
  ids.map((list) => ({ kind: 'add' as const, ids: list })),
  ids.map((list) => ({ kind: 'remove' as const, ids: list })),
  ids.map((list) => ({ kind: 'replaceAll' as const, ids: list })),
  fc.constant({ kind: 'removeAll' as const }),
)
const members = fc.array(step, { maxLength: 3 })
const version = fc.option(fc.integer({ min: 1, max: 3 }), { nil: undefined, freq: 3 })

const userName = fc.constantFrom('ada', 'Ada', 'bob', 'eve', 'joe')
const partOfUser = fc.record(
  {
    userName,
    externalId: fc.constantFrom('x', 'y', 'z'),
    active: fc.boolean(),
    emails: fc.array(fc.record({ value: fc.constantFrom('a@x', 'b@x') }), { minLength: 1, maxLength: 2 }),
  },
  { requiredKeys: [] },
)
const wholeUser = fc.tuple(userName, partOfUser).map(([name, part]) => ({ ...part, userName: name }))
const partOfGroup = fc.record(
  { displayName: fc.constantFrom('red', 'blue'), externalId: fc.constantFrom('x', 'y') },
  { requiredKeys: [] },
)
const wholeGroup = partOfGroup.map((part) => ({ displayName: 'red', ...part }))

/** Ids of creations are filled in by `numbered`. */
const command: fc.Arbitrary<PushCommand> = fc.oneof(
  { weight: 4, arbitrary: wholeUser.map((attributes) => ({ kind: 'createUser' as const, id: '', attributes })) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('changeUser' as const), id: anyId, attributes: partOfUser, version }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('deleteUser' as const), id: anyId, version }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('createGroup' as const),
      id: fc.constant(''),
      attributes: wholeGroup,
      members,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('changeGroup' as const),
      id: anyId,
      attributes: fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, partOfGroup),
      members,
      version,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('deleteGroup' as const), id: anyId, version }) },
)

/** Batches of commands; those of one batch are submitted in one turn. */
export const pushBatches: fc.Arbitrary<readonly (readonly PushCommand[])[]> = fc
  .array(fc.array(command, { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 8 })
  .map(numbered)

function numbered(batches: readonly (readonly PushCommand[])[]): PushCommand[][] {
  let next = 0
  return batches.map((batch) =>
    batch.map((one) => (one.kind === 'createUser' || one.kind === 'createGroup' ? { ...one, id: `r${next++}` } : one)),
  )
}
