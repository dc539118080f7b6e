import Type, { type Static } from 'typebox'
import { NoticeKind } from '../notices.ts'
import { CheckStepView } from './connections.ts'

const Named = Type.Object({ slug: Type.String(), name: Type.String() })

/** Something that needs somebody now. */
export const NoticeView = Type.Object({
  key: Type.String({ description: 'The same as long as it lasts.' }),
  kind: NoticeKind,
  severity: Type.Union([Type.Literal('warning'), Type.Literal('critical')]),
  title: Type.String(),
  text: Type.String({ description: 'What holds, with numbers.' }),
  remedy: Type.String({ description: 'What to do, one sentence.' }),
  connection: Type.Optional(Named),
  target: Type.Optional(Named),
  planId: Type.Optional(Type.Integer()),
  runId: Type.Optional(Type.Integer()),
  since: Type.Integer({ description: 'Since when it is known.' }),
})
export type NoticeView = Static<typeof NoticeView>

export const NoticeList = Type.Object({ notices: Type.Array(NoticeView) })
export type NoticeList = Static<typeof NoticeList>

/** What became of a test notice, by channel. */
export const NoticeTestReport = Type.Object({
  ok: Type.Boolean(),
  channels: Type.Array(Type.Object({ channel: Type.String(), steps: Type.Array(CheckStepView) })),
})
export type NoticeTestReport = Static<typeof NoticeTestReport>
