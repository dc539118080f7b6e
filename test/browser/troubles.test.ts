import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectGoodLooks } from './good-looks.ts'
import { chromiumPath } from './open-browser.ts'
import { type OpenedSandbox, openSandbox } from './open-sandbox.ts'
import { startTroubledWorld, type TroubledWorld } from './troubled-world.ts'

/** What an administrator sees when things go wrong; each test goes on where the one before ended. */
describe.skipIf(chromiumPath === undefined)('When things go wrong', () => {
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

  const card = () => page.getByRole('region', { name: 'Microsoft Entra ID' })
  const synchronize = async () => {
    await page.getByRole('link', { name: 'Configured IDPs' }).click()
    await card().getByRole('button', { name: 'Synchronize' }).click()
  }
  const approve = async () => {
    await page.getByRole('button', { name: 'Approve and apply' }).click()
    const dialog = page.getByRole('dialog')
    const wanted = (await dialog.getByText(/^Type/).locator('strong').textContent()) ?? ''
    await dialog.getByRole('textbox').fill(wanted)
    await dialog.getByRole('button', { name: 'Approve and apply' }).click()
    await page.getByRole('heading', { level: 1, name: /^Run \d+$/ }).waitFor()
  }

  test('a provider that refuses is named with what to do, on the connection and in the run', async () => {
    world.providerFaults.add({
      fault: { kind: 'status', status: 403 },
      match: /\/v1\.0\/users/,
      times: Number.POSITIVE_INFINITY,
    })
    await synchronize()
    await card().getByRole('alert').waitFor({ timeout: 60_000 })
    const problem = await card().getByRole('alert').textContent()
    expect(problem).toMatch(/User\.Read\.All/)
    await card().getByText('Failed').first().waitFor()
    await expectGoodLooks(watched, 'failed-run-on-card')
    await card()
      .getByRole('link', { name: /^Run \d+$/ })
      .click()
    await page.getByRole('heading', { level: 1, name: /^Run \d+$/ }).waitFor()
    expect(await page.getByRole('alert').textContent()).toBe(problem)
    await expectGoodLooks(watched, 'failed-run')
    world.providerFaults.clear()
  }, 90_000)

  test('a run into a slow product shows how far it is, and stops when it is cancelled', async () => {
    await synchronize()
    await card()
      .getByRole('link', { name: /Review plan/ })
      .click({ timeout: 60_000 })
    world.productFaults.add({ fault: { kind: 'latency', ms: 400 }, times: Number.POSITIVE_INFINITY })
    await approve()
    await page.getByText(/^[1-9][\d,]* of [\d,]+ · .* per second/).waitFor({ timeout: 30_000 })
    await expectGoodLooks(watched, 'live-run')
    await page.getByRole('button', { name: 'Cancel run' }).click()
    await page.getByText('Cancelled').first().waitFor({ timeout: 30_000 })
    world.productFaults.clear()
  }, 120_000)

  test('changes that the product refused are listed in the run with the reason', async () => {
    world.productFaults.add({
      fault: { kind: 'status', status: 400, body: '{"errorMessages":[],"errors":{"email":"Not today."}}' },
      match: /^POST \/rest\/api\/2\/user(\?|$)/,
      times: 3,
    })
    await synchronize()
    await card()
      .getByText(/Partly applied|Succeeded|Held/)
      .first()
      .waitFor({ timeout: 60_000 })
    const review = card().getByRole('link', { name: /Review plan/ })
    if (await review.isVisible()) {
      await review.click()
      await approve()
    } else {
      await card()
        .getByRole('link', { name: /^Run \d+$/ })
        .click()
    }
    const rows = page.getByRole('grid').getByRole('row', { name: /Failed/ })
    await rows.first().waitFor({ timeout: 60_000 })
    await rows.first().click()
    expect(await page.getByRole('complementary').textContent()).toContain('What happened')
    await expectGoodLooks(watched, 'failed-changes')
    await page.getByRole('button', { name: 'Close the details' }).click()
    world.productFaults.clear()
  }, 120_000)

  test('half of the company vanishing is held, and what it would take away has to be typed', async () => {
    await synchronize()
    await expect.poll(() => card().textContent(), { timeout: 60_000 }).toContain('Nothing waits')
    const people = world.tenant.users()
    for (const { id } of people.slice(0, people.length / 2)) world.tenant.softDelete(id)
    await synchronize()
    await card()
      .getByRole('link', { name: /Review plan/ })
      .click({ timeout: 60_000 })
    await page.getByText('Over the limit').first().waitFor()
    await page.getByText('Who loses').click()
    await page
      .getByRole('grid')
      .getByRole('row', { name: /^Loses/ })
      .first()
      .waitFor()
    await expectGoodLooks(watched, 'held-leavers')
    await page.getByRole('button', { name: 'Approve and apply' }).click()
    await page.getByRole('heading', { name: 'Takes something away' }).waitFor()
    await expectGoodLooks(watched, 'approve-leavers')
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  }, 120_000)

  test('a session that has ended leads to the sign-in, and back to the same page', async () => {
    const address = page.url()
    await page.context().clearCookies()
    await page.getByRole('tab', { name: /^Findings/ }).click()
    await page.getByText('Who gains').or(page.getByLabel('Admin token')).first().waitFor()
    await page.reload()
    await page.getByLabel('Admin token').fill(opened.sandbox.token)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await page.getByRole('heading', { level: 1, name: /^Plan \d+$/ }).waitFor()
    expect(page.url()).toBe(address)
    expect(watched.faults).toEqual([])
  })
})
