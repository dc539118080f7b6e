import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import Fastify from 'fastify'
import { watchCpu } from '../probes/cpu.ts'
import { server } from '../processes/program.ts'
import { type Contestant, type StockSize, userBody, userName } from './contestant.ts'

let list = ''

const cpu = watchCpu()

const handlers = {
  /** The floors: a route that inserts one row durably, one that reads a row by its key, one that sends bytes. */
  async start({ folder, size }: { readonly folder: string; readonly size: StockSize }): Promise<Contestant> {
    const database = new Database(join(folder, 'bare.db'))
    database.pragma('journal_mode = wal')
    database.pragma('synchronous = full')
    database.exec('create table row (id text primary key, body text not null) without rowid')
    const insert = database.prepare('insert into row (id, body) values (?, ?)')
    const read = database.prepare('select body from row where id = ?').pluck()
    const users = database.transaction(() =>
      Array.from({ length: size.users }, (_, index) => {
        const id = randomUUID()
        insert.run(id, JSON.stringify({ ...userBody(userName(index)), id }))
        return id
      }),
    )()

    const app = Fastify()
    app.post('/rows', (request, reply) => {
      const id = randomUUID()
      const body = JSON.stringify(request.body)
      insert.run(id, body)
      reply.code(201).type('application/json').send(body)
    })
    app.get<{ Params: { id: string } }>('/rows/:id', (request, reply) => {
      reply.type('application/json').send(read.get(request.params.id))
    })
    app.get('/list', (_request, reply) => {
      reply.type('application/json').send(list)
    })
    await app.listen({ host: '127.0.0.1', port: 0 })
    const { port } = app.server.address() as AddressInfo
    const stock = { users, members: users.slice(0, size.groups.large), groups: { small: '', large: '' } }
    return { name: 'bare', baseUrl: `http://127.0.0.1:${port}`, token: 'none', stock }
  },

  /** What this process has computed, in seconds. */
  computed: (_: undefined): number => cpu.seconds(),

  /** What the list route sends. */
  sendAsList(text: string): void {
    list = text
  },
}
export type BareServer = typeof handlers

server(handlers)
