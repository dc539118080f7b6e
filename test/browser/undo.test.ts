import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectGoodLooks } from './good-looks.ts'
import { chromiumPath } from './open-browser.ts'
import { type OpenedSandbox, openSandbox } from './open-sandbox.ts'

/** A run that should not have been; each test goes on where the one before ended. */
describe.skipIf(chromiumPath === undefined)('Taking a run back', () => {
  let opened: OpenedSandbox
  let watched: OpenedSandbox['watched']
  let page: Page

  beforeAll(async () => {
    opened = await openSandbox()
    ;({ watched, page } = opened)
  }, 120_000)

  afterAll(() => opened?.close())

  /** Where the plan stands that was applied last: the card may still lead there when another run has only begun. */
  let applied: string | undefined
  const card = () => page.getByRole('region', { name: 'Microsoft Entra ID' })
  const reviewed = async () => {
    const [link] = await card()
      .getByRole('link', { name: /Review/ })
      .all()
    const path = await link?.getAttribute('href')
    return path === applied ? undefined : path
  }
  const synchronize = async () => {
    await page.getByRole('link', { name: 'Configured IDPs' }).click()
    await card().getByRole('button', { name: 'Synchronize' }).click()
    await expect.poll(reviewed, { timeout: 60_000 }).toBeTruthy()
    await card()
      .getByRole('link', { name: /Review/ })
      .click()
    await page.getByRole('heading', { level: 1, name: /^Plan \d+$/ }).waitFor()
  }
  const approve = async () => {
    applied = new URL(page.url()).pathname
    await page.getByRole('button', { name: 'Approve and apply' }).click()
    const dialog = page.getByRole('dialog')
    const wanted = (await dialog.getByText(/^Type/).locator('strong').textContent()) ?? ''
    await dialog.getByRole('textbox').fill(wanted)
    await dialog.getByRole('button', { name: 'Approve and apply' }).click()
    await page.getByRole('heading', { level: 1, name: /^Run \d+$/ }).waitFor()
    await page.getByRole('button', { name: 'Undo this run' }).waitFor({ timeout: 90_000 })
  }
  const active = () => opened.sandbox.world.jira.people.everyone().filter((person) => person.active).length

  test('before it is applied, a plan says what an undo could not bring back', async () => {
    await synchronize()
    await page.getByRole('heading', { name: 'What an undo could not bring back' }).waitFor()
    await approve()
  }, 180_000)

  test('a run can be taken back, and the plan of that is shown before anything is changed', async () => {
    const before = active()
    await page.getByRole('button', { name: 'Undo this run' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(/nothing is changed before you apply it/).waitFor()
    await expectGoodLooks(watched, 'undo-question')
    await dialog.getByRole('button', { name: 'Show what would be taken back' }).click()
    await page.getByRole('heading', { level: 1, name: /^Plan \d+$/ }).waitFor({ timeout: 60_000 })
    await page.getByRole('link', { name: /^This plan takes back what run \d+ did$/ }).waitFor()
    await page.getByRole('grid').waitFor()
    expect(active()).toBe(before)
    await expectGoodLooks(watched, 'undo-plan')
    await approve()
    expect(active()).toBeLessThan(before)
  }, 180_000)

  test('what was undone waits under its own heading, and its veto can be lifted', async () => {
    await synchronize()
    const vetoes = page.getByRole('region', { name: 'Undone and held' })
    await vetoes.getByRole('listitem').first().waitFor()
    await expectGoodLooks(watched, 'vetoes')
    const first = vetoes.getByRole('button', { name: /^Lift the veto on/ }).first()
    const name = (await first.getAttribute('aria-label')) ?? ''
    await first.click()
    await vetoes.getByRole('button', { name, exact: true }).waitFor({ state: 'detached' })
  }, 120_000)
})
