import type { Db } from '../store/transaction.ts'
import type { Measure } from './measure.ts'

const labels = ['connection', 'target']

/** Numbers of each connection on each target. */
export const legMeasures: readonly Measure[] = [
  {
    name: 'rollcall_open_holds',
    help: 'Whether a plan of the connection for the target waits for an administrator.',
    labels,
    read: async ({ db }) =>
      valued(
        await legs(db)
          .leftJoin('hold', (join) =>
            join
              .onRef('hold.connection_id', '=', 'policy.connection_id')
              .onRef('hold.target_id', '=', 'policy.target_id')
              .on('hold.closed_at', 'is', null),
          )
          .select(({ fn }) => fn.count<number>('hold.id').as('value'))
          .groupBy(['connection.slug', 'target.slug'])
          .execute(),
      ),
  },
  {
    name: 'rollcall_leg_consecutive_failures',
    help: 'How often in a row the connection failed on the target; five and more are left alone for hours.',
    labels,
    read: async ({ db }) => valued(await legs(db).select('policy.failures as value').execute()),
  },
  {
    name: 'rollcall_subjects_waiting',
    help: 'People and groups of the connection that are due to be planned again for the target.',
    labels,
    read: async ({ db }) =>
      valued(
        await db
          .selectFrom((query) =>
            query
              .selectFrom('dirty')
              .select(['connection_id', 'target_id', ({ fn }) => fn.countAll<number>().as('value')])
              .groupBy(['connection_id', 'target_id'])
              .as('marks'),
          )
          .innerJoin('connection', 'connection.id', 'marks.connection_id')
          .innerJoin('target', 'target.id', 'marks.target_id')
          .select(['connection.slug as connection', 'target.slug as target', 'marks.value'])
          .execute(),
      ),
  },
  {
    name: 'rollcall_findings',
    help: 'What could not or should not be done for the connection on the target, by code.',
    labels: [...labels, 'code'],
    read: async ({ db }) => {
      const rows = await db
        .selectFrom((query) =>
          query
            .selectFrom('finding')
            .select(['connection_id', 'target_id', 'code', ({ fn }) => fn.countAll<number>().as('value')])
            .groupBy(['connection_id', 'target_id', 'code'])
            .as('codes'),
        )
        .innerJoin('connection', 'connection.id', 'codes.connection_id')
        .innerJoin('target', 'target.id', 'codes.target_id')
        .select(['connection.slug as connection', 'target.slug as target', 'codes.code', 'codes.value'])
        .execute()
      return rows.map(({ value, ...found }) => ({ labels: found, value }))
    },
  },
]

const legs = (db: Db) =>
  db
    .selectFrom('policy')
    .innerJoin('connection', 'connection.id', 'policy.connection_id')
    .innerJoin('target', 'target.id', 'policy.target_id')
    .select(['connection.slug as connection', 'target.slug as target'])
    .where('policy.removed_at', 'is', null)

const valued = (rows: readonly { readonly connection: string; readonly target: string; readonly value: number }[]) =>
  rows.map(({ value, ...found }) => ({ labels: found, value }))
