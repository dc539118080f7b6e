import { type Browser, chromium } from 'playwright-core'
import { findChromium } from '../../scripts/find-chromium.ts'

/** Absent on a machine without a browser, where `pnpm test` says how to get one. */
export const chromiumPath = findChromium()

/** Keeps Chromium from looking for anything outside of this machine; a container's root has no sandbox. */
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export function openBrowser(): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error('Chromium is not installed.')
  return chromium.launch({ executablePath: chromiumPath, args: quiet })
}
