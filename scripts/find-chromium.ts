import { existsSync } from 'node:fs'
import { join } from 'node:path'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const macApps = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** The browser that the browser tests drive: `ROLLCALL_TEST_CHROMIUM`, or one that is installed. */
export function findChromium(): string | undefined {
  const named = process.env.ROLLCALL_TEST_CHROMIUM
  if (named) return named
  const onPath = (process.env.PATH ?? '').split(':').flatMap((folder) => names.map((name) => join(folder, name)))
  return [...onPath, ...macApps].find((path) => existsSync(path))
}
