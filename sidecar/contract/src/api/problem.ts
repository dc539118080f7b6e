import Type, { type Static } from 'typebox'

/** What every refused request answers with (RFC 9457 members where they exist, our code and remedy beside them). */
export const ProblemView = Type.Object({
  code: Type.String({ description: 'Stable; the anchor in docs/errors.md.' }),
  message: Type.String({ description: 'What happened, one sentence.' }),
  remedy: Type.String({ description: 'What to do, one sentence.' }),
  documentation: Type.Optional(Type.String({ description: 'Where the code is explained.' })),
  context: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
})
export type ProblemView = Static<typeof ProblemView>
