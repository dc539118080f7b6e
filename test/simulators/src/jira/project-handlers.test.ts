import { describe, expect, test } from 'vitest'
import { startedJira } from './testing/started-jira.ts'

const options = {
  users: [{ name: 'ada' }, { name: 'grace' }, { name: 'idle', active: false }],
  projects: [
    {
      key: 'ENG',
      lead: 'ada',
      components: [
        { name: 'core', lead: 'grace' },
        { name: 'old', archived: true },
      ],
    },
    { key: 'OLD', lead: 'grace', archived: true },
    { key: 'HID', browsers: ['grace'] },
  ],
}

describe('leads', () => {
  test('of projects and components can be neither deactivated nor deleted', async () => {
    const { send } = await startedJira(options)
    const project = await send('PUT', '/user?username=ada', { active: false })
    expect(project.status).toBe(400)
    expect(project.body.errors.active).toContain('currently a project lead on these projects: ENG')
    const component = await send('PUT', '/user?username=grace', { active: false })
    expect(component.body.errors.active).toMatch(/^Cannot deactivate user because they are currently a component lead/)
    expect((await send('DELETE', '/user?username=ada')).status).toBe(400)
  })

  test('hand over to an active user, then they may go', async () => {
    const { send, simulator } = await startedJira(options)
    const refused = await send('PUT', '/project/ENG', { lead: 'idle' })
    expect(refused.body.errors).toEqual({ projectLead: 'You must specify a valid project lead.' })
    expect((await send('PUT', '/project/ENG', { lead: 'admin' })).body.lead.name).toBe('admin')
    expect((await send('PUT', '/user?username=ada', { active: false })).status).toBe(200)
    expect(simulator.violations).toEqual([])
  })

  test('of a component are named by user name, and removed by an empty one', async () => {
    const { send } = await startedJira(options)
    const [core] = (await send('GET', '/project/ENG/components')).body
    expect((await send('PUT', `/component/${core.id}`, { leadUserName: 'idle' })).status).toBe(400)
    expect((await send('PUT', `/component/${core.id}`, { leadUserName: 'ada' })).body.lead.name).toBe('ada')
    const cleared = await send('PUT', `/component/${core.id}`, { leadUserName: '' })
    expect(cleared.body).not.toHaveProperty('lead')
    expect((await send('GET', `/component/${core.id}`)).body.name).toBe('core')
  })
})

describe('projects', () => {
  test('are listed with leads, without archived ones unless asked, without what the caller may not browse', async () => {
    const { send } = await startedJira(options)
    const keys = async (query: string) =>
      (await send('GET', `/project${query}`)).body.map((project: { key: string }) => project.key)
    expect(await keys('')).toEqual(['ENG'])
    expect(await keys('?includeArchived=true')).toEqual(['ENG', 'OLD'])
    expect((await send('GET', '/project?expand=lead')).body[0].lead.name).toBe('ada')
    expect((await send('GET', '/project')).body[0]).not.toHaveProperty('lead')
    expect((await send('GET', '/project/HID')).status).toBe(404)
  })

  test('that are archived refuse edits', async () => {
    const { send } = await startedJira(options)
    expect((await send('PUT', '/project/OLD', { lead: 'ada' })).status).toBe(400)
  })

  test('show only active components in pages', async () => {
    const { send } = await startedJira(options)
    const { body } = await send('GET', '/component/page?projectIds=10000&maxResults=1')
    expect(body).toMatchObject({ total: 1, isLast: true, startAt: 0, values: [{ name: 'core' }] })
    expect((await send('GET', '/project/ENG/components')).body).toHaveLength(2)
  })
})
