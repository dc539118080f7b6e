import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectGoodLooks } from './good-looks.ts'
import { chromiumPath, openBrowser } from './open-browser.ts'
import { type SandboxService, startSandboxService } from './sandbox-service.ts'
import { signIn } from './sign-in.ts'
import { openPage, type WatchedPage } from './watched-page.ts'

/** Before anything was approved; each test goes on where the one before ended. */
describe.skipIf(chromiumPath === undefined)('Asking why', () => {
  let browser: Browser
  let sandbox: SandboxService
  let watched: WatchedPage
  let page: Page

  beforeAll(async () => {
    sandbox = await startSandboxService()
    browser = await openBrowser()
    watched = await openPage(browser, sandbox.url)
    page = watched.page
    await signIn(page, sandbox.token)
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await sandbox?.close()
  })

  test('from a change of a plan: the person, the account, what it waits for', async () => {
    const card = page.getByRole('region', { name: 'Microsoft Entra ID' })
    await card.getByRole('button', { name: 'Synchronize' }).click()
    await card.getByRole('link', { name: /Review/ }).click({ timeout: 60_000 })
    await page.getByRole('heading', { level: 1, name: /^Plan \d+$/ }).waitFor()
    await page.getByRole('row').nth(1).click()
    await page.getByRole('link', { name: /^Everything .* has, and why$/ }).click()
    await page.getByRole('heading', { level: 1, name: /^Why: / }).waitFor()
    await page.getByRole('heading', { level: 3, name: /^At / }).waitFor()
    expect(await page.getByText(/first one is held whatever it contains/).count()).toBeGreaterThan(0)
    await expectGoodLooks(watched, 'why')
  }, 120_000)

  test('from the field: somebody whom nobody knows', async () => {
    await page.getByRole('link', { name: 'Why', exact: true }).click()
    await page.getByLabel('Person').fill('nobody-at-all')
    await page.getByRole('button', { name: 'Ask why' }).click()
    await page.getByRole('heading', { name: 'No connection knows nobody-at-all' }).waitFor()
    expect(watched.faults).toEqual([])
  })
})
