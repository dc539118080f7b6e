import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectGoodLooks } from './good-looks.ts'
import { chromiumPath, openBrowser } from './open-browser.ts'
import { type SandboxService, startSandboxService } from './sandbox-service.ts'
import { signIn } from './sign-in.ts'
import { openPage, type WatchedPage } from './watched-page.ts'

describe.skipIf(chromiumPath === undefined)('A service without any connection', () => {
  let browser: Browser
  let sandbox: SandboxService
  let watched: WatchedPage
  let page: Page

  beforeAll(async () => {
    sandbox = await startSandboxService({ configured: false })
    browser = await openBrowser()
    watched = await openPage(browser, sandbox.url, { expectedStatuses: [404] })
    page = watched.page
    await signIn(page, sandbox.token)
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await sandbox?.close()
  })

  test('the first view weighs at most 350 KiB, scripts and styles together', async () => {
    const urls = await page.evaluate<string[]>(
      "performance.getEntriesByType('resource').map(({ name }) => name).filter((name) => name.includes('/assets/'))",
    )
    const bodies = await Promise.all(urls.map(async (url) => (await page.request.get(url)).body()))
    const weight = bodies.reduce((sum, body) => sum + gzipSync(body).length, 0)
    expect(weight).toBeGreaterThan(50 * 1024)
    expect(weight).toBeLessThan(350 * 1024)
  })

  test('says how to configure the first one, with a command to copy', async () => {
    await page.getByRole('heading', { name: 'No identity provider is configured yet' }).waitFor()
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await page.getByRole('button', { name: 'Copy the command' }).click()
    expect(await page.evaluate<string>('navigator.clipboard.readText()')).toBe('rollcall config apply FILE')
    await expectGoodLooks(watched, 'no-connections')
  })

  test('an empty history says so', async () => {
    await page.getByRole('link', { name: 'Run history' }).click()
    await page.getByRole('heading', { name: 'No run yet' }).waitFor()
    await expectGoodLooks(watched, 'no-runs')
  })

  test('a plan that does not exist, and an address that leads nowhere, are named', async () => {
    await page.goto(`${sandbox.url}/#/plans/4711`)
    await page.getByRole('alert').getByText('plan_unknown').waitFor()
    await page.goto(`${sandbox.url}/#/nowhere`)
    await page.getByRole('heading', { level: 1, name: 'There is no such page' }).waitFor()
    await expectGoodLooks(watched, 'no-such-page')
  })

  test('the keyboard alone skips to the content, and changes pages with the focus on their heading', async () => {
    await page.goto(sandbox.url)
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.keyboard.press('Tab')
    expect(await focused(page)).toContain('Skip to the content')
    await page.keyboard.press('Enter')
    expect(await page.evaluate<string>('document.activeElement.id')).toBe('content')
    await page.getByRole('link', { name: 'Run history' }).press('Enter')
    await expect.poll(() => focused(page)).toBe('H1 Run history')
    expect(await page.title()).toBe('Run history – Rollcall')
  })
})

const focused = (page: Page) =>
  page.evaluate<string>('document.activeElement.tagName + " " + document.activeElement.textContent')
