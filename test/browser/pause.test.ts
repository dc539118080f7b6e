import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectGoodLooks } from './good-looks.ts'
import { chromiumPath } from './open-browser.ts'
import { type OpenedSandbox, openSandbox } from './open-sandbox.ts'

describe.skipIf(chromiumPath === undefined)('Stopping everything', () => {
  let opened: OpenedSandbox
  let watched: OpenedSandbox['watched']
  let page: Page

  beforeAll(async () => {
    opened = await openSandbox()
    ;({ watched, page } = opened)
  }, 120_000)

  afterAll(() => opened?.close())

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
