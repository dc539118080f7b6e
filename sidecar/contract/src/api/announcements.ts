import Type, { type Static } from 'typebox'

const Instant = Type.Integer({ minimum: 0, description: 'UTC milliseconds.' })
const closed = { additionalProperties: false } as const
const people = Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'How many, on each target.' })

/** People who are about to leave, so that the limits do not count them. */
export const AnnouncementView = Type.Object({
  id: Type.Integer(),
  connection: Type.Object({ slug: Type.String(), name: Type.String() }),
  group: Type.Optional(Type.String({ description: 'Source group whose people leave.' })),
  filter: Type.Optional(Type.String({ description: 'CEL condition that they meet.' })),
  people,
  from: Instant,
  until: Instant,
  reason: Type.String(),
  by: Type.String(),
  at: Instant,
})
export type AnnouncementView = Static<typeof AnnouncementView>

export const AnnouncementList = Type.Object({ announcements: Type.Array(AnnouncementView) })
export type AnnouncementList = Static<typeof AnnouncementList>

const announced = {
  connection: Type.String({ minLength: 1, maxLength: 100, description: 'Slug.' }),
  people,
  from: Instant,
  until: Instant,
  reason: Type.String({ minLength: 1, maxLength: 500 }),
}

export const NewAnnouncement = Type.Union([
  Type.Object(
    {
      ...announced,
      group: Type.String({ minLength: 1, maxLength: 255, description: 'Name or id of a source group.' }),
    },
    closed,
  ),
  Type.Object(
    { ...announced, filter: Type.String({ minLength: 1, maxLength: 2000, description: 'CEL condition.' }) },
    closed,
  ),
])
export type NewAnnouncement = Static<typeof NewAnnouncement>

export const StoredAnnouncement = Type.Object({ id: Type.Integer() })
export type StoredAnnouncement = Static<typeof StoredAnnouncement>
