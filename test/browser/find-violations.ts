import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Found {
  readonly passes: number
  readonly violations: readonly string[]
}

/** What axe-core has against the page as it stands; run in the page's own world, whatever its policy forbids scripts. */
export async function findViolations(page: Page): Promise<readonly string[]> {
  const found = await page.evaluate<Found>(`(async () => {
    const module = undefined, exports = undefined
    ${axe}
    const { passes, violations } = await window.axe.run(document)
    return {
      passes: passes.length,
      violations: violations.flatMap(({ id, nodes }) => nodes.map((node) => id + ': ' + node.html.slice(0, 200))),
    }
  })()`)
  return found.passes === 0 ? ['axe found nothing to look at'] : found.violations
}
