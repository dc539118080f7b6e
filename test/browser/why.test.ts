import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectGoodLooks } from './good-looks.ts'
import { chromiumPath } from './open-browser.ts'
import { type OpenedSandbox, openSandbox } from './open-sandbox.ts'

/** Before anything was approved; each test goes on where the one before ended. */
describe.skipIf(chromiumPath === undefined)('Asking why', () => {
  let opened: OpenedSandbox
  let watched: OpenedSandbox['watched']
  let page: Page

  beforeAll(async () => {
    opened = await openSandbox()
    ;({ watched, page } = opened)
  }, 120_000)

  afterAll(() => opened?.close())

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
