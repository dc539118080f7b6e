import type { Browser, Page, Route } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { largePlan, largePlanPage } from './large-plan.ts'
import { chromiumPath, openBrowser } from './open-browser.ts'
import { type SandboxService, startSandboxService } from './sandbox-service.ts'
import { signIn } from './sign-in.ts'
import { openPage } from './watched-page.ts'

/** Scrolls a window's height and more in each frame, and says how long frames took in the middle and nearly at worst. */
const scrollFast = `(async () => {
  const grid = document.querySelector('[role=grid]')
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  const times = []
  await frame()
  for (let i = 0; i < 200; i++) {
    const before = performance.now()
    grid.scrollTop = (i * 7919) % (grid.scrollHeight - grid.clientHeight)
    await frame()
    times.push(performance.now() - before)
  }
  times.sort((a, b) => a - b)
  return { median: times[100], slow: times[190] }
})()`

describe.skipIf(chromiumPath === undefined)('A plan of 200,000 changes', () => {
  let browser: Browser
  let sandbox: SandboxService
  let page: Page

  beforeAll(async () => {
    sandbox = await startSandboxService({ configured: false })
    browser = await openBrowser()
    page = (await openPage(browser, sandbox.url)).page
    await page.route('**/api/plans/1', (route) => route.fulfill({ json: largePlan }))
    await page.route('**/api/plans/1/operations?*', (route: Route) =>
      route.fulfill({ json: largePlanPage(new URL(route.request().url()).searchParams) }),
    )
    await signIn(page, sandbox.token)
    await page.goto(`${sandbox.url}/#/plans/1`)
    await page.getByRole('grid').waitFor()
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await sandbox?.close()
  })

  const rows = () => page.getByRole('grid').getByRole('row')

  test('is fetched as it is scrolled, and only the rows in sight exist', async () => {
    expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe('200001')
    await page.getByRole('grid').focus()
    for (let i = 0; i < 30; i++) {
      await page.keyboard.press('End')
      await page.waitForTimeout(50)
    }
    await page.getByText(/^[1-9],\d00 of 200,000 changes loaded/).waitFor()
    expect(await rows().count()).toBeLessThan(80)
  }, 60_000)

  test('scrolls without lag', async () => {
    // Half a second is what nobody would call smooth; a machine at rest takes 17 ms.
    const { median, slow } = await page.evaluate<{ median: number; slow: number }>(scrollFast)
    expect(median).toBeLessThan(100)
    expect(slow).toBeLessThan(500)
  })

  test('keeps the row of the keyboard in sight, page by page and at both ends', async () => {
    await page.getByRole('grid').focus()
    await page.keyboard.press('Home')
    await page.keyboard.press('PageDown')
    await page.keyboard.press('ArrowUp')
    // The grid names its row once that row has been drawn, which a busy machine does a moment after the key.
    const activeRow = () => page.getByRole('grid').getAttribute('aria-activedescendant')
    await expect.poll(activeRow).not.toBeNull()
    await page.keyboard.press('Enter')
    const opened = page.getByRole('row', { selected: true })
    await opened.waitFor()
    expect(await opened.getAttribute('id')).toBe(await activeRow())
    expect(await opened.isVisible()).toBe(true)
    await page.getByRole('complementary', { name: 'Details of a change' }).waitFor()
  })

  test('who loses is a question to the server, answered with its own number', async () => {
    await page.getByText('Who loses').click()
    await page.getByText('20,000 changes').first().waitFor()
    await expect.poll(() => page.getByRole('row', { name: /^Gains/ }).count()).toBe(0)
  })
})
