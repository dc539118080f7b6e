import { sql } from 'kysely'
import { Counter, type Registry } from 'prom-client'
import type { Db } from '../store/transaction.ts'

/** Counts what providers sent since somebody asked last, from the provisioning log. */
export function countScimRequests(registry: Registry, db: Db): void {
  let last: number | undefined
  new Counter({
    name: 'rollcall_scim_requests_total',
    help: 'Requests of providers that push, by connection and class of status.',
    labelNames: ['connection', 'status_class'] as const,
    registers: [registry],
    async collect() {
      const from = last
      last = await newest(db)
      // What was logged before this process began is not counted by it.
      if (from === undefined) return
      for (const { connection, hundred, value } of await between(db, from, last)) {
        this.inc({ connection, status_class: `${hundred}xx` }, value)
      }
    },
  })
}

async function newest(db: Db): Promise<number> {
  const row = await db
    .selectFrom('scim_log')
    .select(({ fn }) => fn.max('id').as('id'))
    .executeTakeFirst()
  return row?.id ?? 0
}

const between = (db: Db, from: number, to: number) =>
  db
    .selectFrom('scim_log')
    .innerJoin('connection', 'connection.id', 'scim_log.connection_id')
    .select(['connection.slug as connection', sql<number>`scim_log.status / 100`.as('hundred')])
    .select(({ fn }) => fn.countAll<number>().as('value'))
    .where('scim_log.id', '>', from)
    .where('scim_log.id', '<=', to)
    .groupBy(['connection.slug', 'hundred'])
    .execute()
