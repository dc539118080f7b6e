import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectGoodLooks } from './good-looks.ts'
import { chromiumPath } from './open-browser.ts'
import { type OpenedSandbox, openSandbox } from './open-sandbox.ts'

/** The products, and who is in them that nobody owns; each test goes on where the one before ended. */
describe.skipIf(chromiumPath === undefined)('Targets', () => {
  let opened: OpenedSandbox
  let watched: OpenedSandbox['watched']
  let page: Page

  beforeAll(async () => {
    opened = await openSandbox()
    ;({ watched, page } = opened)
    await page.getByRole('region', { name: 'Microsoft Entra ID' }).getByRole('button', { name: 'Synchronize' }).click()
    await page.getByRole('link', { name: /Review/ }).waitFor({ timeout: 60_000 })
  }, 180_000)

  afterAll(() => opened?.close())

  test('A-091: say what they are, where new accounts go and why, and what they cannot do', async () => {
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Targets' }).click()
    await page.getByRole('heading', { level: 1, name: 'Targets' }).waitFor()
    await page.getByText(/Jira Data Center \d/).waitFor()
    await page.getByText(/^New accounts go to/).waitFor()
    await page.getByText(/^Ways and limits \(/).click()
    await page.getByRole('table').waitFor()
    await expectGoodLooks(watched, 'targets')
  }, 60_000)

  test('list who nobody here manages, and find them by a part of their name', async () => {
    const link = page.getByRole('link', { name: /^\d+ accounts?$/ }).first()
    const total = Number((await link.textContent())?.replace(/\D/g, ''))
    expect(total).toBeGreaterThan(0)
    await link.click()
    await page.getByRole('heading', { level: 1, name: /^Managed by nobody here/ }).waitFor()
    await page
      .getByRole('status')
      .getByText(new RegExp(`^${total} accounts?$`))
      .waitFor()
    await expectGoodLooks(watched, 'unclaimed')
    await page.getByRole('textbox').fill('admin')
    await page.getByRole('rowheader', { name: 'admin', exact: true }).waitFor()
    await page.getByRole('textbox').fill('nobody is called this')
    await page.getByRole('heading', { name: 'Nothing matches' }).waitFor()
  }, 60_000)

  test('list groups that no connection is tied to', async () => {
    await page.getByRole('textbox').fill('')
    await page.getByText('Groups', { exact: true }).click()
    await page.getByRole('rowheader', { name: 'jira-administrators' }).waitFor()
    await expectGoodLooks(watched, 'unbound-groups')
  }, 60_000)
})
