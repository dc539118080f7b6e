import { expect, test } from 'vitest'
import { startedJira } from './testing/started-jira.ts'

const path = '/user/properties/colour?username=ada'

test('properties hold any JSON value, are listed by key, and go', async () => {
  const { send, simulator } = await startedJira({ users: [{ name: 'ada' }] })
  expect((await send('PUT', path, { dark: 'blue' })).status).toBe(201)
  expect((await send('PUT', path, '"blue"')).status).toBe(200)
  expect((await send('GET', path)).body).toEqual({ key: 'colour', value: 'blue' })
  expect((await send('GET', '/user/properties?username=ada')).body.keys).toMatchObject([{ key: 'colour' }])
  expect((await send('DELETE', path)).status).toBe(204)
  expect((await send('GET', path)).status).toBe(404)
  expect(simulator.violations).toEqual([])
})

test('properties have limits', async () => {
  const { send } = await startedJira({ users: [{ name: 'ada' }] })
  expect((await send('PUT', path, JSON.stringify('x'.repeat(32_767)))).status).toBe(400)
  expect((await send('PUT', path, JSON.stringify('x'.repeat(32_766)))).status).toBe(201)
  expect((await send('PUT', `/user/properties/${'k'.repeat(256)}?username=ada`, 1)).status).toBe(400)
  expect((await send('PUT', path, 'not json')).status).toBe(400)
  expect((await send('GET', '/user/properties?username=nobody')).status).toBe(404)
})
