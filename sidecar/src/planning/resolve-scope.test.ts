import { describe, expect, test } from 'vitest'
import type { ExternalId } from '../identity/ids.ts'
import { Problem } from '../problem/problem.ts'
import { resolveScope, type ScopeInput } from './resolve-scope.ts'
import { addConnection, addSourceGroup, createWorld } from './testing/world.ts'

const connection = addConnection(createWorld())
const [all, engineers, platform] = ['All', 'Engineers', 'Platform'].map((name) => addSourceGroup(connection, name))
const twins = [addSourceGroup(connection, 'Twins'), addSourceGroup(connection, 'twins')]
const gone = addSourceGroup(connection, 'Gone', { deletedAt: 1 })
if (all === undefined || engineers === undefined || platform === undefined) throw new Error('no groups')

const resolve = (scope: Partial<ScopeInput['scope']>, assignments: ScopeInput['assignments'] = []) =>
  resolveScope({
    scope: { groups: [], applications: [], guests: 'include', ...scope },
    assignments,
    sourceGroups: [...connection.sourceGroups.values()],
    nesting: [
      { parent: all.id, child: engineers.id },
      { parent: engineers.id, child: platform.id },
    ],
  })

function codeOf(act: () => unknown): string | undefined {
  try {
    act()
  } catch (error) {
    if (error instanceof Problem) return error.code
    throw error
  }
  return undefined
}

describe('resolveScope', () => {
  test('A-054: nothing chosen means everybody', () => {
    expect(resolve({ guests: 'exclude' })).toEqual({ kind: 'everybody', guests: 'exclude' })
  })

  test('A-055: chosen groups, by name or id, mean everybody below them', () => {
    const byName = resolve({ groups: [' engineers '] })
    expect(byName).toMatchObject({ kind: 'some', groups: new Set([engineers.id, platform.id]) })
    expect(resolve({ groups: [engineers.externalId] })).toEqual(byName)
  })

  test('A-054: of a group that is assigned to an application only direct members count', () => {
    const ada = 'ada' as ExternalId
    const scope = resolve({ applications: ['Jira'] }, [
      { application: 'Jira', principal: 'user', externalId: ada },
      { application: 'Jira', principal: 'group', externalId: engineers.externalId },
      { application: 'Other', principal: 'user', externalId: 'bob' as ExternalId },
    ])
    expect(scope).toMatchObject({ groups: new Set([engineers.id]), people: new Set([ada]) })
  })

  test('an entry that matches nothing or too much is a problem, never everybody and never nobody', () => {
    expect(codeOf(() => resolve({ groups: ['Engineers', 'Enginers'] }))).toBe('scope_entry_unmatched')
    expect(codeOf(() => resolve({ groups: [gone.displayName] }))).toBe('scope_entry_unmatched')
    expect(codeOf(() => resolve({ applications: ['Jira'] }))).toBe('scope_entry_unmatched')
    expect(codeOf(() => resolve({ groups: ['Twins'] }))).toBe('scope_entry_ambiguous')
    expect(codeOf(() => resolve({ groups: twins.map(({ externalId }) => externalId) }))).toBeUndefined()
  })
})
