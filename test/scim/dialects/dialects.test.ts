import { describe, expect, it } from 'vitest'
import { startScimWorld } from '../harness/scim-world.ts'
import { conversations } from './all.ts'
import { play } from './play.ts'

describe('a whole life of users and groups, as each identity provider leads it', () => {
  it.each(conversations)('$rows: $client is understood, and desired state is what it meant', async (conversation) => {
    const world = await startScimWorld()
    expect(await play(world, conversation)).toEqual([])
  })
})
