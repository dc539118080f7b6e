import type { ConnectionId } from '@rollcall/sidecar/identity/ids'
import { readResource } from '@rollcall/sidecar/scim-protocol/read-resource'
import type { Service } from '@rollcall/sidecar/service'
import { createGroup } from '@rollcall/sidecar/state/scim/scim-groups'
import { createUser } from '@rollcall/sidecar/state/scim/scim-users'
import { program } from '../processes/program.ts'
import { groupBody, type Stock, type StockSize, userBody, userName } from './contestant.ts'
import { openPushedService } from './open-pushed-service.ts'

export interface Filling {
  readonly dataFolder: string
  readonly size: StockSize
}

program<Filling, Stock>(async ({ dataFolder, size }) => {
  const { service, connection } = await openPushedService(dataFolder)
  const stock = await fill(service, connection, size)
  await service.close()
  return stock
})

/** Through the same functions as requests, thousand by thousand: each thousand shares commits. */
async function fill({ scim }: Service, connection: ConnectionId, size: StockSize): Promise<Stock> {
  const { commit } = scim.options.service
  const ids: string[] = []
  for (let from = 0; from < size.users; from += 1_000) {
    const names = Array.from({ length: Math.min(1_000, size.users - from) }, (_, index) => userName(from + index))
    const rows = await Promise.all(
      names.map((name) => {
        const { attributes } = readResource('User', userBody(name))
        return commit.write((write) => createUser(write, connection, attributes, Date.now()))
      }),
    )
    ids.push(...rows.map(({ id }) => id))
  }
  const group = async (name: string, count: number): Promise<string> => {
    const { attributes } = readResource('Group', groupBody(name))
    const members = [{ kind: 'add' as const, ids: ids.slice(-count) }]
    return (await commit.write((write) => createGroup(write, connection, { attributes, members }, Date.now()))).id
  }
  return {
    users: ids.slice(0, size.users - size.groups.large),
    members: ids.slice(-size.groups.large),
    groups: { small: await group('Small', size.groups.small), large: await group('Large', size.groups.large) },
  }
}
