import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sandboxConfiguration } from '../sandbox/sandbox-configuration.ts'
import type { SandboxWorld } from '../sandbox/sandbox-world.ts'
import { expectGoodLooks } from './good-looks.ts'
import { chromiumPath, openBrowser } from './open-browser.ts'
import { type SandboxService, startSandboxService } from './sandbox-service.ts'
import { signIn } from './sign-in.ts'
import { openPage, type WatchedPage } from './watched-page.ts'

/** The sandbox's file with its commented example of a pushed connection made true. */
const withPushed = (world: SandboxWorld): string => {
  const [before = '', example = ''] = sandboxConfiguration(world).split(/(?= {2}# - name: Okta)/)
  return before + example.replaceAll(/^ {2}# /gm, '  ')
}

/** An administrator connects a provider that pushes; each test goes on where the one before ended. */
describe.skipIf(chromiumPath === undefined)('A connection that its provider pushes into', () => {
  let browser: Browser
  let sandbox: SandboxService
  let watched: WatchedPage
  let page: Page
  let baseUrl = ''
  let token = ''

  beforeAll(async () => {
    sandbox = await startSandboxService({ configuration: withPushed })
    browser = await openBrowser()
    watched = await openPage(browser, sandbox.url, { expectedStatuses: [409] })
    page = watched.page
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await signIn(page, sandbox.token)
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await sandbox?.close()
  })

  const card = () => page.getByRole('region', { name: 'Okta' })
  const copied = () => page.evaluate<string>('navigator.clipboard.readText()')
  const rows = () => page.getByRole('table', { name: 'Provisioning log' }).getByRole('row')
  const push = (method: string, path: string, body?: unknown) =>
    fetch(`${baseUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/scim+json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  const user = (userName: string) => ({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName })

  test('A-071, A-073: shows its SCIM Base URL with a copy button, and that only this machine reaches it', async () => {
    await card().getByRole('heading', { name: 'SCIM Base URL' }).waitFor()
    await card().getByRole('button', { name: 'Copy the SCIM Base URL' }).click()
    baseUrl = await copied()
    expect(baseUrl).toBe(`${sandbox.url}/scim/v2/okta`)
    const text = await card().textContent()
    expect(text).toContain('Only this machine reaches this address')
    for (const noise of ['Last read', 'Schedule', 'Next run']) expect(text).not.toContain(noise)
    await expectGoodLooks(watched, 'pushed-connection-new')
  })

  test('an empty provisioning log says what to enter at the provider', async () => {
    await card().getByRole('link', { name: 'Provisioning log' }).click()
    await page.getByRole('heading', { name: 'No request has arrived yet' }).waitFor()
    await page.getByText(baseUrl).waitFor()
    await expectGoodLooks(watched, 'provisioning-log-empty')
    await page.getByRole('link', { name: 'Back to the configured IDPs' }).click()
  })

  test('A-072: a token needs a name, is shown once with a copy button, and the dialog closes by its button only', async () => {
    await card().getByRole('button', { name: 'Create token' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Create' }).click()
    await dialog.getByText('Give the token a name.').waitFor()
    await dialog.getByLabel('Name').fill('Okta production')
    await dialog.getByText('Give the token a name.').waitFor({ state: 'detached' })
    await expectGoodLooks(watched, 'create-token')
    await page.keyboard.press('Enter')
    await dialog.getByText('It is not shown again').waitFor()
    await dialog.getByRole('button', { name: 'Copy the token' }).click()
    token = await copied()
    expect(token).toMatch(/^scim_/)
    await expectGoodLooks(watched, 'issued-token')
    await page.keyboard.press('Escape')
    await dialog.getByRole('button', { name: 'Done' }).click()
    await dialog.waitFor({ state: 'detached' })
    await card()
      .getByRole('row', { name: /Okta production/ })
      .waitFor()
    expect(await page.content()).not.toContain(token)
  })

  test('what the provider pushes appears in the log by itself, with what was refused and why', async () => {
    await card().getByRole('link', { name: 'Provisioning log' }).click()
    await page.getByRole('heading', { name: 'No request has arrived yet' }).waitFor()
    for (const name of ['ada', 'grace'])
      expect((await push('POST', '/Users', user(`${name}@example.com`))).status).toBe(201)
    expect((await push('POST', '/Users', user('ada@example.com'))).status).toBe(409)
    expect((await push('GET', '/ServiceProviderConfig')).status).toBe(200)
    await expect.poll(() => rows().count(), { timeout: 20_000 }).toBe(5)
    const newest = (await rows().allTextContents()).slice(1)
    expect(newest[0]).toContain('GET')
    expect(newest[1]).toMatch(/409 uniqueness.*POST User.*Okta production.*127\.0\.0\.1/)
    expect(newest[3]).toMatch(/201.*POST User.*ada@example\.com.*Attributes: .*userName/)
    await expectGoodLooks(watched, 'provisioning-log')
    await page.getByText('Refused only').click()
    await expect.poll(() => rows().count()).toBe(2)
    await expectGoodLooks(watched, 'provisioning-log-refused')
  }, 60_000)

  test('A-078: what was pushed is planned by itself, and the first plan waits on the card', async () => {
    await page.getByRole('link', { name: 'Back to the configured IDPs' }).click()
    await card()
      .getByRole('link', { name: /Review plan/ })
      .waitFor({ timeout: 60_000 })
    await card().getByRole('link', { name: 'Provisioning log' }).click()
  }, 90_000)

  test('older requests come page by page', async () => {
    for (let i = 0; i < 60; i++) await push('GET', `/Users?count=1`)
    await page.getByText('All', { exact: true }).click()
    await expect.poll(() => rows().count(), { timeout: 20_000 }).toBe(51)
    await page.getByRole('button', { name: 'Show older requests' }).click()
    await expect.poll(() => rows().count(), { timeout: 20_000 }).toBe(65)
    expect(await page.getByRole('button', { name: 'Show older requests' }).count()).toBe(0)
    await page.getByRole('link', { name: 'Back to the configured IDPs' }).click()
  }, 60_000)

  test('rotating makes a successor while the old one still works; no third one can be made', async () => {
    await card().getByRole('button', { name: 'Rotate Okta production' }).click()
    const dialog = page.getByRole('dialog')
    await expectGoodLooks(watched, 'rotate-token')
    await dialog.getByRole('button', { name: 'Rotate' }).click()
    await dialog.getByText('It is not shown again').waitFor()
    await dialog.getByRole('button', { name: 'Copy the token' }).click()
    expect((await push('GET', '/Users')).status).toBe(200)
    token = await copied()
    expect((await push('GET', '/Users')).status).toBe(200)
    await dialog.getByRole('button', { name: 'Done' }).click()
    await card().getByText('Ends soon').waitFor()
    expect(await card().getByRole('button', { name: 'Create token' }).isDisabled()).toBe(true)
    await expectGoodLooks(watched, 'pushed-connection')
  })

  test('revoking asks, and ends the token at once', async () => {
    const old = card()
      .getByRole('row', { name: /Okta production/ })
      .filter({ hasText: 'Ends soon' })
    await old.getByRole('button', { name: 'Revoke Okta production' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText('It ends at once').waitFor()
    await expectGoodLooks(watched, 'revoke-token')
    await dialog.getByRole('button', { name: 'Revoke', exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    await card().getByRole('button', { name: 'Show 1 ended token' }).click()
    await card().getByText('Revoked').waitFor()
    expect((await push('GET', '/Users')).status).toBe(200)
    await expectGoodLooks(watched, 'pushed-connection-ended-tokens')
  })

  test('the log of a connection that is read says that it has none', async () => {
    await page.goto(`${sandbox.url}/#/connections/entra/log`)
    await page.getByRole('alert').getByText('connection_not_pushed').waitFor()
  })
})
