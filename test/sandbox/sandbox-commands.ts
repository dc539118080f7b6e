import { createInterface } from 'node:readline'
import type { SandboxWorld } from './sandbox-world.ts'

interface SandboxCommand {
  readonly usage: string
  readonly does: string
  /** Says what was done. */
  run(world: SandboxWorld, count: number): string
}

/** What a newcomer can make happen at the simulated identity provider. */
export const sandboxCommands: Readonly<Record<string, SandboxCommand>> = {
  join: {
    usage: 'join 3',
    does: 'people join the company',
    run(world, count) {
      const group = world.tenant.groups()[0]
      const names = Array.from({ length: count }, () => addPerson(world, group?.id))
      return `${names.join(', ')} joined.`
    },
  },
  leave: {
    usage: 'leave 2',
    does: 'people leave (deleted at the provider)',
    run(world, count) {
      const leavers = world.tenant.users().slice(1, 1 + count)
      for (const { id } of leavers) world.tenant.softDelete(id)
      return `${namesOf(leavers)} left.`
    },
  },
  disable: {
    usage: 'disable 1',
    does: 'people are disabled at the provider',
    run(world, count) {
      const people = world.tenant
        .users()
        .filter(({ properties }) => properties.accountEnabled === true)
        .slice(-count)
      for (const { id } of people) world.tenant.disableUser(id)
      return `${namesOf(people)} disabled.`
    },
  },
  vanish: {
    usage: 'vanish',
    does: 'a third of the company is gone by mistake: watch the plan being held',
    run(world) {
      const people = world.tenant.users().filter((_, index) => index % 3 === 0)
      for (const { id } of people) world.tenant.softDelete(id)
      return `${people.length} people are gone; "restore" brings them back.`
    },
  },
  restore: {
    usage: 'restore',
    does: 'everybody who was deleted comes back',
    run(world) {
      const deleted = world.tenant.state.users.filter(({ deletedDateTime, purged }) => deletedDateTime && !purged)
      for (const { id } of deleted) world.tenant.restore(id)
      return `${deleted.length} people are back.`
    },
  },
}

const namesOf = (people: readonly { readonly properties: Readonly<Record<string, unknown>> }[]) =>
  people.map(({ properties }) => String(properties.displayName)).join(', ') || 'Nobody'

function addPerson({ tenant }: SandboxWorld, group: string | undefined): string {
  const number = tenant.state.users.length + 1
  const displayName = `Newcomer ${number}`
  const address = `newcomer${number}@${tenant.domain}`
  const id = tenant.addUser({ displayName, userPrincipalName: address, mail: address, accountEnabled: true })
  if (group) tenant.addMember(group, id)
  return displayName
}

export const commandHelp = (): string =>
  Object.values(sandboxCommands)
    .map(({ usage, does }) => `    ${usage.padEnd(12)}${does}`)
    .join('\n')

/** Reads commands from the terminal until it ends. */
export function readSandboxCommands(world: SandboxWorld): void {
  const lines = createInterface({ input: process.stdin })
  lines.on('line', (line) => {
    const [name = '', count = '1'] = line.trim().split(/\s+/)
    const command = Object.hasOwn(sandboxCommands, name) ? sandboxCommands[name] : undefined
    if (name === '') return
    if (!command) return console.log(`Type one of these and Enter:\n${commandHelp()}`)
    console.log(`${command.run(world, Math.max(1, Number.parseInt(count, 10) || 1))} Now press Synchronize.`)
    world.save()
  })
}
