import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectGoodLooks } from './good-looks.ts'
import { chromiumPath, openBrowser } from './open-browser.ts'
import { type SandboxService, startSandboxService } from './sandbox-service.ts'
import { signIn } from './sign-in.ts'
import { openPage, type WatchedPage } from './watched-page.ts'

/** One administrator's first hour, step by step in one browser: each test goes on where the one before ended. */
describe.skipIf(chromiumPath === undefined)('From the first sign-in to an applied plan', () => {
  let browser: Browser
  let sandbox: SandboxService
  let watched: WatchedPage
  let page: Page

  beforeAll(async () => {
    sandbox = await startSandboxService()
    browser = await openBrowser()
    watched = await openPage(browser, sandbox.url)
    page = watched.page
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await sandbox?.close()
  })

  const card = () => page.getByRole('region', { name: 'Microsoft Entra ID' })

  test('a wrong token is refused with what to do, and its code is explained to who is not signed in', async () => {
    await page.getByLabel('Admin token').fill('rc_wrong')
    await page.getByRole('button', { name: 'Sign in' }).click()
    const alert = page.getByRole('alert')
    await alert.getByText('token_refused').waitFor()
    expect(await alert.textContent()).toContain('rollcall token create')
    await expectGoodLooks(watched, 'sign-in')
    await alert.getByRole('link', { name: 'What this means' }).click()
    await page.getByRole('heading', { level: 1, name: 'token_refused' }).waitFor()
    await page.getByRole('link', { name: 'To the sign-in' }).click()
  })

  test('A-008, A-046: after signing in, Configured IDPs shows the connection and its provider', async () => {
    await signIn(page, sandbox.token)
    expect(await card().textContent()).toContain('Microsoft Entra ID (previously Azure AD)')
    expect(await card().getByRole('button').allTextContents()).toEqual(
      expect.arrayContaining(['Check', 'Plan', 'Synchronize']),
    )
    await expectGoodLooks(watched, 'configured-idps')
  })

  test('a check says step by step what works', async () => {
    await card().getByRole('button', { name: 'Check' }).click()
    await page.getByText('Everything works.').waitFor()
    expect(await page.getByRole('dialog').getByRole('listitem').count()).toBeGreaterThan(1)
    await expectGoodLooks(watched, 'check')
    await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).click()
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  test('A-049, A-130: Synchronize reads and plans, and the first plan is held', async () => {
    await card().getByRole('button', { name: 'Synchronize' }).click()
    await card()
      .getByRole('link', { name: /Review plan/ })
      .waitFor({ timeout: 60_000 })
    expect(await card().textContent()).toContain('First plan waits for you')
    expect(sandbox.world.jira.people.everyone().length).toBeLessThan(100)
    await expectGoodLooks(watched, 'first-plan-waits')
  }, 90_000)

  test('the first plan opens with what it would adopt, create and leave alone, and why it is held', async () => {
    await card()
      .getByRole('link', { name: /Review plan/ })
      .click()
    await page.getByRole('heading', { level: 1, name: /^Plan \d+$/ }).waitFor()
    await page.getByRole('grid').waitFor()
    const first = await page.getByRole('region', { name: 'The first plan for Jira' }).textContent()
    for (const word of ['Adopt', 'Create', 'Leave alone', 'Conflict']) expect(first).toContain(word)
    await page.getByRole('heading', { name: 'This plan is held until an administrator approves it' }).waitFor()
    await expectGoodLooks(watched, 'held-plan')
  })

  test('a search over people and a side narrow the changes, and the arrow keys show why each is planned', async () => {
    await page.getByText('Who gains').click()
    const name = String(sandbox.world.tenant.users()[100]?.properties.userPrincipalName)
      .replace(/@.*/, '')
      .toLowerCase()
    await page.getByLabel('Search people and groups').fill(name)
    const rows = page.getByRole('grid').getByRole('row', { name })
    await rows.first().waitFor()
    await expect.poll(() => page.getByRole('grid').getByRole('row').count()).toBe((await rows.count()) + 1)
    await page.getByRole('grid').focus()
    await page.keyboard.press('Enter')
    const details = page.getByRole('complementary', { name: 'Details of a change' })
    expect(await details.textContent()).toContain('Why')
    const before = await details.getByRole('heading', { level: 2 }).textContent()
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => details.getByRole('heading', { level: 2 }).textContent()).not.toBe(before)
    await expectGoodLooks(watched, 'plan-search')
    await page.keyboard.press('Escape')
    await details.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Clear the search' }).click()
  })

  test('findings are listed with what to do', async () => {
    await page.getByRole('tab', { name: /^Findings/ }).click()
    await page
      .getByRole('tabpanel')
      .getByText(/finding/i)
      .first()
      .waitFor()
    await expectGoodLooks(watched, 'findings')
    await page.getByRole('tab', { name: /^Changes/ }).click()
  })

  test('approving asks for a number before it applies, and leads to the live run', async () => {
    await page.getByRole('button', { name: 'Approve and apply' }).click()
    const dialog = page.getByRole('dialog')
    const approve = dialog.getByRole('button', { name: 'Approve and apply' })
    expect(await approve.isDisabled()).toBe(true)
    await expectGoodLooks(watched, 'approve')
    const wanted = (await dialog.getByText(/^Type/).locator('strong').textContent()) ?? ''
    await dialog.getByRole('textbox').fill('1')
    expect(await approve.isDisabled()).toBe(true)
    await dialog.getByRole('textbox').fill(wanted)
    await approve.click()
    await page.getByRole('heading', { level: 1, name: /^Run \d+$/ }).waitFor()
    await page.getByRole('progressbar').first().waitFor()
  })

  test('A-131: the run ends with its outcome without a reload, and Jira has the people', async () => {
    await page.getByRole('progressbar').first().waitFor({ state: 'detached', timeout: 90_000 })
    await page.getByRole('region', { name: 'Jira' }).getByText('Applied').first().waitFor()
    expect(sandbox.world.jira.people.everyone().length).toBeGreaterThan(200)
    await expectGoodLooks(watched, 'run')
  }, 120_000)

  test('another Synchronize finds nothing to change, and the history lists every run', async () => {
    await page.getByRole('link', { name: 'Configured IDPs' }).click()
    await card().getByRole('button', { name: 'Synchronize' }).click()
    await page.getByRole('link', { name: 'Run history' }).click()
    const newest = page.getByRole('row').nth(1)
    await expect.poll(() => newest.textContent(), { timeout: 60_000 }).toContain('Succeeded')
    expect(await newest.textContent()).toContain('Administrator: Ada')
    expect(await page.getByRole('row').count()).toBe(4)
    await expectGoodLooks(watched, 'run-history')
  }, 90_000)

  test('a theme that was chosen is remembered, and signing out leaves nothing behind', async () => {
    await page.getByTitle('Dark').click()
    await page.reload()
    await page.getByRole('heading', { level: 1, name: 'Run history' }).waitFor()
    expect(await page.evaluate<string>('document.documentElement.dataset.colorMode')).toBe('dark')
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByLabel('Admin token').waitFor()
    await page.reload()
    await page.getByLabel('Admin token').waitFor()
    expect(watched.faults).toEqual([])
  })
})
