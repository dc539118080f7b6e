import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectGoodLooks } from './good-looks.ts'
import { chromiumPath } from './open-browser.ts'
import { type OpenedSandbox, openSandbox } from './open-sandbox.ts'
import { startTroubledWorld, type TroubledWorld } from './troubled-world.ts'

/** What an administrator is told first; each test goes on where the one before ended. */
describe.skipIf(chromiumPath === undefined)('What needs somebody', () => {
  let world: TroubledWorld
  let opened: OpenedSandbox
  let watched: OpenedSandbox['watched']
  let page: Page

  beforeAll(async () => {
    world = await startTroubledWorld()
    opened = await openSandbox({ world })
    ;({ watched, page } = opened)
  }, 120_000)

  afterAll(() => opened?.close())

  const section = () => page.getByRole('region', { name: /needs? you$/ })
  const card = () => page.getByRole('region', { name: 'Microsoft Entra ID' })

  test('is not there while nothing does', async () => {
    await card().waitFor()
    expect(await section().count()).toBe(0)
  })

  test('a run that failed stands before the connections, with what to do and a way to the run by keyboard', async () => {
    world.providerFaults.add({
      fault: { kind: 'status', status: 403 },
      match: /\/v1\.0\/users/,
      times: Number.POSITIVE_INFINITY,
    })
    await card().getByRole('button', { name: 'Synchronize' }).click()
    await section().getByText('Run failed: Microsoft Entra ID').waitFor({ timeout: 60_000 })
    expect(await section().textContent()).toMatch(/User\.Read\.All/)
    await expectGoodLooks(watched, 'notices')
    await section()
      .getByRole('link', { name: /^Open run \d+$/ })
      .press('Enter')
    await page.getByRole('heading', { level: 1, name: /^Run \d+$/ }).waitFor()
    world.providerFaults.clear()
  }, 90_000)

  test('a held plan takes its place when the reading works again', async () => {
    await page.getByRole('link', { name: 'Configured IDPs' }).click()
    await card().getByRole('button', { name: 'Synchronize' }).click()
    await section()
      .getByText(/^Plan held: Microsoft Entra ID to /)
      .waitFor({ timeout: 60_000 })
    expect(await section().getByText('Run failed').count()).toBe(0)
    await section()
      .getByRole('link', { name: /^Open plan \d+$/ })
      .click()
    await page.getByRole('button', { name: 'Approve and apply' }).waitFor()
  }, 90_000)
})
