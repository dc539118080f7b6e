import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import express from 'express'
import SCIMMY from 'scimmy'
import SCIMMYRouters from 'scimmy-routers'
import { server } from '../../processes/program.ts'
import { userBody, userName } from '../contestant.ts'

/**
 * Set up as the README of scimmy-routers says: handlers for users and groups, here over a durable SQLite store with prepared
 * statements and an index on what is looked for; a list reads the rows of its page only.
 */
server({
  async start({ folder, size }) {
    const store = openStore(join(folder, 'scimmy.db'))
    const stock = fill(store, size)
    declare(SCIMMY.Resources.User, store.users, 'userName')
    declare(SCIMMY.Resources.Group, store.groups, 'displayName')
    const app = express()
    app.use(
      '/scim',
      new SCIMMYRouters({
        type: 'bearer',
        handler(request) {
          if (request.header('Authorization') !== 'Bearer peer') throw new Error('Authorization not detected!')
          return 'bench'
        },
      }),
    )
    const listening = await new Promise((resolve) => {
      const started = app.listen(0, '127.0.0.1', () => resolve(started))
    })
    // Between its turns nothing comes for minutes; a connection that ends just then would be no result.
    listening.keepAliveTimeout = 0
    return {
      name: 'scimmy-routers',
      baseUrl: `http://127.0.0.1:${listening.address().port}/scim`,
      token: 'peer',
      stock,
    }
  },
})

function openStore(file) {
  const database = new Database(file)
  database.pragma('journal_mode = wal')
  database.pragma('synchronous = full')
  const table = (name) => {
    database.exec(`create table ${name} (id text primary key, name text not null, body text not null)`)
    database.exec(`create unique index ${name}_name on ${name} (name)`)
    return {
      get: database.prepare(`select body from ${name} where id = ?`).pluck(),
      find: database.prepare(`select body from ${name} where name = ?`).pluck(),
      page: database.prepare(`select body from ${name} order by rowid limit ? offset ?`).pluck(),
      put: database.prepare(
        `insert into ${name} (id, name, body) values (?, ?, ?) on conflict (id) do update set name = excluded.name, body = excluded.body`,
      ),
      remove: database.prepare(`delete from ${name} where id = ?`),
    }
  }
  return { database, users: table('user'), groups: table('grp') }
}

function fill({ database, users, groups }, size) {
  return database.transaction(() => {
    const ids = Array.from({ length: size.users }, (_, index) => {
      const id = randomUUID()
      const name = userName(index)
      users.put.run(id, name, JSON.stringify({ ...userBody(name), id }))
      return id
    })
    const group = (displayName, count) => {
      const id = randomUUID()
      const members = ids.slice(-count).map((value) => ({ value, type: 'User' }))
      groups.put.run(id, displayName, JSON.stringify({ id, displayName, members }))
      return id
    }
    return {
      users: ids.slice(0, size.users - size.groups.large),
      members: ids.slice(-size.groups.large),
      groups: { small: group('Small', size.groups.small), large: group('Large', size.groups.large) },
    }
  })()
}

function declare(Resource, table, nameAttribute) {
  SCIMMY.Resources.declare(Resource)
    .ingress((resource, data) => {
      const id = resource.id ?? randomUUID()
      const stored = { ...data, id }
      try {
        table.put.run(id, data[nameAttribute].toLowerCase(), JSON.stringify(stored))
      } catch (error) {
        if (error.code === 'SQLITE_CONSTRAINT_UNIQUE')
          throw new SCIMMY.Types.Error(409, 'uniqueness', 'It exists already.')
        throw error
      }
      return stored
    })
    .egress((resource) => {
      if (resource.id) {
        const body = table.get.get(resource.id)
        if (body === undefined) throw new SCIMMY.Types.Error(404, null, `Resource ${resource.id} not found`)
        return JSON.parse(body)
      }
      const [operator, value] = resource.filter?.[0]?.[nameAttribute] ?? []
      if (operator === 'eq') {
        const body = table.find.get(String(value).toLowerCase())
        return body === undefined ? [] : [JSON.parse(body)]
      }
      // The page and nothing else: the library leaves it as it is, and is spared counting.
      const { startIndex = 1, count = 20 } = resource.constraints ?? {}
      return table.page.all(count, startIndex - 1).map((body) => JSON.parse(body))
    })
    .degress((resource) => {
      table.remove.run(resource.id)
    })
}
