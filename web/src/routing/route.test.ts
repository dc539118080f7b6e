import { describe, expect, test } from 'vitest'
import {
  errorHref,
  logHref,
  parseRoute,
  planHref,
  runHref,
  runsHref,
  targetsHref,
  unclaimedHref,
  whyHref,
} from './route.ts'

describe('parseRoute', () => {
  test.each([
    ['', { name: 'connections' }],
    ['#/', { name: 'connections' }],
    [logHref('okta-2'), { name: 'log', connection: 'okta-2' }],
    [planHref(12), { name: 'plan', id: 12 }],
    [runHref(7), { name: 'run', id: 7 }],
    [runsHref(), { name: 'runs', connection: undefined }],
    [runsHref('a b&c'), { name: 'runs', connection: 'a b&c' }],
    [targetsHref, { name: 'targets' }],
    [unclaimedHref('jira'), { name: 'unclaimed', target: 'jira', first: 'accounts' }],
    [unclaimedHref('jira', 'groups'), { name: 'unclaimed', target: 'jira', first: 'groups' }],
    [whyHref(), { name: 'why', user: undefined, group: undefined }],
    [whyHref('a b&c', 'd/e'), { name: 'why', user: 'a b&c', group: 'd/e' }],
    [errorHref('token_refused'), { name: 'error', code: 'token_refused' }],
  ])('reads %s as what its href was made of', (hash, route) => {
    expect(parseRoute(hash)).toEqual(route)
  })

  test.each([
    '#/plans',
    '#/plans/x',
    '#/connections/okta',
    '#/connections/okta/log/1',
    '#/connections/%2e%2e%2f/log',
    '#/plans/1/2',
    '#/targets/jira',
    '#/targets/%2e%2e/unclaimed',
    '#/runs/-1',
    '#//evil.example/plans/1',
    '#/nowhere',
    '#/errors/%zz',
  ])('leads nowhere with %s', (hash) => {
    expect(parseRoute(hash).name).toBe('unknown')
  })
})
