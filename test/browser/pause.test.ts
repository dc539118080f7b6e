import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectGoodLooks } from './good-looks.ts'
import { chromiumPath, openBrowser } from './open-browser.ts'
import { type SandboxService, startSandboxService } from './sandbox-service.ts'
import { signIn } from './sign-in.ts'
import { openPage, type WatchedPage } from './watched-page.ts'

describe.skipIf(chromiumPath === undefined)('Stopping everything', () => {
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

  const card = () => page.getByRole('region', { name: 'Microsoft Entra ID' })
  const banner = () => page.getByRole('region', { name: 'Paused' })

  test('takes one question, and every page says who did it', async () => {
    await page.getByRole('button', { name: 'Pause everything' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(/nothing more is sent/).waitFor()
    await expectGoodLooks(watched, 'pause-question')
    await dialog.getByRole('button', { name: 'Pause everything' }).click()
    await banner()
      .getByText(/Everything is paused by Ada/)
      .waitFor()
    await expectGoodLooks(watched, 'paused')
    await page.getByRole('link', { name: 'Run history' }).click()
    await banner()
      .getByText(/Everything is paused by Ada/)
      .waitFor()
    expect(await page.getByRole('button', { name: 'Pause everything' }).count()).toBe(0)
  }, 120_000)

  test('keeps anything from running until somebody resumes', async () => {
    await page.getByRole('link', { name: 'Configured IDPs' }).click()
    await card().getByText('Paused').waitFor()
    await banner().getByRole('button', { name: 'Resume' }).click()
    await banner().waitFor({ state: 'detached' })
    await card().getByRole('button', { name: 'Synchronize' }).click()
    await card()
      .getByRole('link', { name: /Review/ })
      .waitFor({ timeout: 60_000 })
  }, 120_000)
})
