import { createRequire } from 'node:module'
import express from 'express'
import { server } from '../../processes/program.ts'
import { groupBody, userBody, userName } from '../contestant.ts'

const { controllers } = createRequire(import.meta.url)('@boxyhq/saml-jackson')
const tenant = 'bench'
const product = 'bench'

/** The directory sync of saml-jackson in an Express application, as its guide to the npm library says; all in memory. */
server({
  async start({ size }) {
    const { directorySyncController } = await controllers({
      externalUrl: 'http://127.0.0.1',
      samlPath: '/saml',
      scimPath: '/scim',
      db: { engine: 'mem' },
      noAnalytics: true,
    })
    const { directories, requests } = directorySyncController
    const { data: directory, error } = await directories.create({
      tenant,
      product,
      type: 'azure-scim-v2',
      name: 'bench',
    })
    if (error) throw new Error(error.message)
    const stock = await fill(directorySyncController, directory.id, size)

    const app = express()
    app.use(express.json({ type: ['application/json', 'application/scim+json'], limit: '16mb' }))
    app.use('/scim/:directoryId/:resourceType{/:resourceId}', async (request, response) => {
      const { directoryId, resourceType, resourceId } = request.params
      const { count, startIndex, filter } = request.query
      const { status, data } = await requests.handle(
        {
          method: request.method,
          body: request.body,
          directoryId,
          resourceType,
          resourceId,
          apiSecret: request.get('authorization')?.replace('Bearer ', '') ?? null,
          query: { count: count && Number(count), startIndex: startIndex && Number(startIndex), filter },
        },
        async () => {},
      )
      response.status(status).json(data)
    })
    const listening = await new Promise((resolve) => {
      const started = app.listen(0, '127.0.0.1', () => resolve(started))
    })
    // Between its turns nothing comes for minutes; a connection that ends just then would be no result.
    listening.keepAliveTimeout = 0
    return {
      name: 'saml-jackson',
      baseUrl: `http://127.0.0.1:${listening.address().port}/scim/${directory.id}`,
      token: directory.scim.secret,
      stock,
    }
  },
})

async function fill({ users, groups }, directoryId, size) {
  users.setTenantAndProduct(tenant, product)
  groups.setTenantAndProduct(tenant, product)
  const ids = []
  for (let index = 0; index < size.users; index += 1) {
    const name = userName(index)
    const id = `user-${index}`
    const raw = { ...userBody(name), id }
    const { error } = await users.create({
      directoryId,
      id,
      first_name: 'Person',
      last_name: name,
      email: name,
      active: true,
      raw,
    })
    if (error) throw new Error(error.message)
    ids.push(id)
  }
  const group = async (displayName, count) => {
    const { data } = await groups.create({ directoryId, name: displayName, raw: groupBody(displayName) })
    for (const id of ids.slice(-count)) await groups.addUserToGroup(data.id, id)
    return data.id
  }
  return {
    users: ids.slice(0, size.users - size.groups.large),
    members: ids.slice(-size.groups.large),
    groups: { small: await group('Small', size.groups.small), large: await group('Large', size.groups.large) },
  }
}
