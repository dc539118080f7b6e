import Type, { type Static } from 'typebox'

/** What was undone and is not done again by itself. */
export const VetoView = Type.Object({
  id: Type.Integer(),
  connection: Type.Object({ slug: Type.String(), name: Type.String() }),
  target: Type.Object({ slug: Type.String(), name: Type.String() }),
  kind: Type.String({ description: 'Kind of the operations that it holds.' }),
  subject: Type.String({ description: 'The person or group as an administrator knows it.' }),
  description: Type.String({ description: 'One sentence: what was undone.' }),
  runId: Type.Integer({ description: 'The undo.' }),
  by: Type.String(),
  at: Type.Integer({ description: 'UTC milliseconds.' }),
})
export type VetoView = Static<typeof VetoView>

export const VetoPage = Type.Object({ vetoes: Type.Array(VetoView), nextAfter: Type.Optional(Type.Integer()) })
export type VetoPage = Static<typeof VetoPage>

export const VetoQuery = Type.Object(
  {
    connection: Type.Optional(Type.String({ maxLength: 100, description: 'Slug.' })),
    target: Type.Optional(Type.String({ maxLength: 100, description: 'Slug.' })),
    after: Type.Optional(Type.Integer({ minimum: 0, description: 'Number of the veto to continue behind.' })),
    limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
  },
  { additionalProperties: false },
)
export type VetoQuery = Static<typeof VetoQuery>
