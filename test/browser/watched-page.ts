import type { Browser, ConsoleMessage, Page } from 'playwright-core'

export interface WatchedPage {
  readonly page: Page
  /** What no page may do: throw, complain on the console, break its content security policy, ask another host. */
  readonly faults: readonly string[]
  close(): Promise<void>
}

interface Options {
  readonly width?: number
  /** Answers with these statuses are part of the test; the browser notes them on its console. */
  readonly expectedStatuses?: readonly number[]
}

/** A page in a browser context of its own, of which everything suspicious is noted. */
export async function openPage(browser: Browser, url: string, options: Options = {}): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: options.width ?? 1280, height: 900 } })
  const page = await context.newPage()
  const faults: string[] = []
  const origin = new URL(url).origin
  page.on('pageerror', (error) => void faults.push(`threw ${error.message}`))
  page.on('console', (message) => {
    if (isComplaint(message, options.expectedStatuses ?? [])) faults.push(`${message.type()}: ${message.text()}`)
  })
  page.on('request', (request) => {
    const asked = new URL(request.url())
    if (asked.protocol !== 'data:' && asked.origin !== origin) faults.push(`asked ${asked.origin}`)
  })
  await page.goto(url)
  return { page, faults, close: () => context.close() }
}

/** 401 is how the service says that nobody has signed in yet. */
function isComplaint(message: ConsoleMessage, expected: readonly number[]): boolean {
  if (!['error', 'warning'].includes(message.type())) return false
  const status = /the server responded with a status of (\d+)/.exec(message.text())?.[1]
  return status === undefined || ![401, ...expected].includes(Number(status))
}
