import { readPausing } from '../state/pauses/pauses.ts'
import { readConditions } from '../watch/conditions/read-conditions.ts'
import { findCredentials } from '../watch/credentials/find-credentials.ts'
import type { Measure } from './measure.ts'

/** Numbers of each connection and of the service as a whole. */
export const serviceMeasures: readonly Measure[] = [
  {
    name: 'rollcall_reading_age_seconds',
    help: 'Age of the last good reading of the connection; absent before the first and for providers that push.',
    labels: ['connection'],
    read: async ({ db, now }) => {
      const rows = await db
        .selectFrom('connection')
        .select(['slug', 'last_reading_at'])
        .where('removed_at', 'is', null)
        .where('method', '<>', 'scim')
        .where('last_reading_at', 'is not', null)
        .execute()
      return rows.map(({ slug, last_reading_at }) => ({
        labels: { connection: slug },
        value: (now - Number(last_reading_at)) / 1000,
      }))
    },
  },
  {
    name: 'rollcall_credential_expires_in_seconds',
    help: 'Seconds until a credential expires; negative when it has.',
    labels: ['credential'],
    read: async ({ db, environment, now }) =>
      (await findCredentials(db, environment, now)).map(({ key, expiresAt }) => ({
        labels: { credential: key },
        value: (expiresAt - now) / 1000,
      })),
  },
  {
    name: 'rollcall_open_notices',
    help: 'What needs somebody now, by kind.',
    labels: ['kind'],
    read: async ({ db, environment, now }) => {
      const kinds = Map.groupBy(await readConditions(db, environment, now), ({ kind }) => kind)
      return [...kinds].map(([kind, conditions]) => ({ labels: { kind }, value: conditions.length }))
    },
  },
  {
    name: 'rollcall_open_runs',
    help: 'Runs of the connection that are queued or running.',
    labels: ['connection', 'state'],
    read: async ({ db }) => {
      const rows = await db
        .selectFrom('run')
        .innerJoin('connection', 'connection.id', 'run.connection_id')
        .select(['connection.slug as connection', 'run.state', ({ fn }) => fn.countAll<number>().as('value')])
        .where('run.state', '<>', 'finished')
        .groupBy(['connection.slug', 'run.state'])
        .execute()
      return rows.map(({ value, ...labels }) => ({ labels, value }))
    },
  },
  {
    name: 'rollcall_operations_in_flight',
    help: 'Operations that were handed to the executor of the target and are not settled.',
    labels: ['target'],
    read: async ({ db }) => {
      const rows = await db
        .selectFrom('operation')
        .innerJoin('plan', 'plan.id', 'operation.plan_id')
        .innerJoin('target', 'target.id', 'plan.target_id')
        .select(['target.slug as target', ({ fn }) => fn.countAll<number>().as('value')])
        .where('operation.status', '=', 'sent')
        .groupBy('target.slug')
        .execute()
      return rows.map(({ value, ...labels }) => ({ labels, value }))
    },
  },
  {
    name: 'rollcall_paused',
    help: 'Whether the connection is paused, by the configuration or by hand.',
    labels: ['connection'],
    read: async ({ db }) => {
      const rows = await db
        .selectFrom('connection')
        .select(['id', 'slug', 'paused'])
        .where('removed_at', 'is', null)
        .execute()
      const pausing = await readPausing(db)
      return rows.map(({ id, slug, paused }) => ({
        labels: { connection: slug },
        value: paused === 1 || pausing.connection(id) ? 1 : 0,
      }))
    },
  },
]
