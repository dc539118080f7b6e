import Type, { type Static } from 'typebox'

const closed = { additionalProperties: false } as const

/** What somebody is told about. */
export const NoticeKind = Type.Union(
  [
    Type.Literal('planHeld'),
    Type.Literal('runFailed'),
    Type.Literal('legFailing'),
    Type.Literal('legQuarantined'),
    Type.Literal('readingOverdue'),
    Type.Literal('credentialExpiring'),
    Type.Literal('credentialExpired'),
    Type.Literal('noticesUndelivered'),
  ],
  { description: 'What somebody is told about.' },
)
export type NoticeKind = Static<typeof NoticeKind>

export const SmtpEntry = Type.Object(
  {
    host: Type.String({ minLength: 1, maxLength: 253, description: 'Host name or address of the mail server.' }),
    port: Type.Integer({ minimum: 1, maximum: 65_535, default: 587, description: 'Port of the mail server.' }),
    tls: Type.Union([Type.Literal('startTls'), Type.Literal('implicit'), Type.Literal('none')], {
      default: 'startTls',
      description:
        '`startTls`: never without; `implicit`: from the first byte, usually port 465; `none`: in clear text.',
    }),
    user: Type.Optional(
      Type.String({ minLength: 1, description: 'Name to sign in with; without it nobody signs in.' }),
    ),
    password: Type.Optional(Type.String({ minLength: 1, secret: true, description: 'Password of `user`.' })),
    from: Type.String({ pattern: '^[^\\s@]+@[^\\s@]+$', description: 'Address that the mail comes from.' }),
    to: Type.Array(Type.String({ pattern: '^[^\\s@]+@[^\\s@]+$' }), {
      minItems: 1,
      description: 'Addresses that the mail goes to.',
    }),
  },
  { ...closed, description: 'Tell by mail.' },
)
export type SmtpEntry = Static<typeof SmtpEntry>

export const WebhookEntry = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 50, description: 'Unique name of this webhook.' }),
    url: Type.String({
      minLength: 1,
      description: 'Where notices are posted to. For Slack and Teams it is a secret: a reference.',
    }),
    format: Type.Union([Type.Literal('generic'), Type.Literal('slack'), Type.Literal('teams')], {
      default: 'generic',
      description: '`generic`: signed JSON; `slack`, `teams`: as their incoming webhooks take it.',
    }),
    secret: Type.Optional(
      Type.String({ minLength: 1, secret: true, description: 'With `generic`: the key of the signature.' }),
    ),
    events: Type.Optional(
      Type.Array(NoticeKind, { minItems: 1, description: 'Only these kinds of notices; without it all.' }),
    ),
    allowPrivateAddresses: Type.Boolean({ default: false, description: 'The webhook is in a private network.' }),
  },
  closed,
)
export type WebhookEntry = Static<typeof WebhookEntry>

/** Who is told when something needs somebody. */
export const NoticesEntry = Type.Object(
  {
    smtp: Type.Optional(SmtpEntry),
    webhooks: Type.Array(WebhookEntry, { default: [], description: 'Tell by HTTP.' }),
  },
  { ...closed, description: 'Who is told when something needs somebody.' },
)
export type NoticesEntry = Static<typeof NoticesEntry>
