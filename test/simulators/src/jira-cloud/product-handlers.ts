import { ok } from '../data-center/answer.ts'
import { refuse } from './answer.ts'
import type { Call, Handler } from './call.ts'
import { type Product, usedSeats } from './products.ts'

export const listProducts: Handler = (call) => ok(call.cloud.products.map((product) => roleBean(call, product)))

export const getProduct: Handler = (call) => {
  const product = call.cloud.products.find((each) => each.key === call.parameters.key)
  return product ? ok(roleBean(call, product)) : refuse(404, `Could not find a role with key '${call.parameters.key}'.`)
}

/** ApplicationRole; -1 where seats are unlimited [believed]. */
function roleBean({ cloud }: Call, product: Product) {
  const { key, name, groups, defaultGroups, seats } = product
  const details = (names: readonly string[]) =>
    names.flatMap((each) => {
      const group = cloud.groups.findByName(each)
      return group ? [{ name: group.name, groupId: group.groupId }] : []
    })
  const used = usedSeats(product, cloud.groups)
  return {
    key,
    name,
    groups,
    groupDetails: details(groups),
    defaultGroups,
    defaultGroupsDetails: details(defaultGroups),
    selectedByDefault: true,
    defined: true,
    numberOfSeats: seats ?? -1,
    remainingSeats: seats === undefined ? -1 : Math.max(seats - used, 0),
    userCount: used,
    userCountDescription: 'users',
    hasUnlimitedSeats: seats === undefined,
    platform: key === 'jira-core',
  }
}
