import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'

const folder = join(import.meta.dirname, 'screenshots')
const themes = ['light', 'dark'] as const
const widths = [1280, 400] as const

export interface Photograph {
  readonly file: string
  /** Pixels by which the page is wider than the window. */
  readonly overflow: number
}

/** The page in both themes, wide and narrow, for people to look at; afterwards it is light and wide again. */
export async function photograph(page: Page, name: string): Promise<readonly Photograph[]> {
  mkdirSync(folder, { recursive: true })
  // A dialog keeps the theme in which it was opened, and covers the window, not the page below it.
  const isDialogOpen = (await page.getByRole('dialog').count()) > 0
  const fullPage = !isDialogOpen && (await page.getByRole('complementary').count()) === 0
  const taken: Photograph[] = []
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 })
    for (const colorScheme of isDialogOpen ? themes.slice(0, 1) : themes) {
      await page.emulateMedia({ colorScheme })
      // Themes are fetched when they are first needed, and colours fade for a moment.
      await page.waitForTimeout(400)
      const file = join(folder, `${name}-${colorScheme}-${width}.png`)
      await page.screenshot({ path: file, fullPage })
      const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
      taken.push({ file, overflow: Math.max(0, overflow) })
    }
  }
  await page.setViewportSize({ width: widths[0], height: 900 })
  await page.emulateMedia({ colorScheme: themes[0] })
  return taken
}
