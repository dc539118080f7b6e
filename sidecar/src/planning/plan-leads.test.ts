import { describe, expect, test } from 'vitest'
import type { AccountKey, IdentityId } from '../identity/ids.ts'
import { describeOperation } from './describe-operation.ts'
import { type DefaultLead, type Departure, type LedThing, planLeads } from './plan-leads.ts'
import { capabilitiesOf } from './testing/world.ts'

const key = (name: string) => `key-${name}` as AccountKey

const departure = (name: string, identity: number): Departure => ({
  operation: {
    kind: 'deactivateUser',
    identity: identity as IdentityId,
    account: { id: undefined, name },
    reasons: [{ kind: 'disabledAtProvider' }],
  },
  accountKey: key(name),
})

const project = (lead: string, projectKey: string): LedThing => ({
  kind: 'project',
  lead: key(lead),
  projectKey,
  projectName: `Project ${projectKey}`,
})

const component = (lead: string, name: string): LedThing => ({
  kind: 'component',
  lead: key(lead),
  projectKey: 'AB',
  componentId: `id-${name}`,
  componentName: name,
})

const leadOf = (name: string, active = true): DefaultLead => ({ name, account: { key: key(name), name, active } })

const plan = (departures: Departure[], leads: LedThing[], project?: DefaultLead, component = project) =>
  planLeads(departures, leads, { project, component }, capabilitiesOf())

describe('planLeads', () => {
  test('A-097, A-098, M-04: projects and components are handed over before their lead is deactivated', () => {
    const leads = [project('ada', 'B'), component('ada', 'web'), project('ada', 'A'), project('eve', 'C')]
    const { operations, findings } = plan(
      [departure('ada', 1), departure('bob', 2)],
      leads,
      leadOf('cleo'),
      leadOf('dan'),
    )
    expect([...operations].map(([identity, all]) => [identity, ...all.map(describeOperation)])).toEqual([
      [
        1,
        'Make dan lead of the component web of AB',
        'Make cleo lead of the project Project A (A)',
        'Make cleo lead of the project Project B (B)',
        'Deactivate ada',
      ],
    ])
    expect(findings).toEqual([])
  })

  test.each([
    ['no default lead is named', undefined, 'names no default project lead'],
    ['the default lead does not exist', { name: 'cleo', account: undefined }, 'cleo is not an account'],
    ['the default lead is deactivated', leadOf('cleo', false), 'cleo is deactivated'],
    ['the default lead leaves as well', leadOf('bob'), 'bob leaves as well'],
    ['the default lead is the leaver', leadOf('ada'), 'ada leaves as well'],
  ])('a finding stands in place of the deactivation when %s', (_, lead, why) => {
    const { operations, replaced, findings } = plan(
      [departure('ada', 1), departure('bob', 2)],
      [project('ada', 'A')],
      lead,
    )
    expect(operations.size).toBe(0)
    expect([...replaced]).toEqual([1])
    expect(findings).toMatchObject([{ code: 'leadNotReassigned', subjectName: 'ada' }])
    expect(findings[0]?.message).toContain(why)
  })

  test('a target that cannot hand over says how to', () => {
    const { findings } = planLeads(
      [departure('ada', 1)],
      [project('ada', 'A')],
      { project: leadOf('cleo'), component: undefined },
      capabilitiesOf('reassignProjectLead'),
    )
    expect(findings[0]?.message).toContain('Do reassignProjectLead by hand.')
  })
})
