import type { Page } from 'playwright-core'
import { openBrowser } from './open-browser.ts'
import { type SandboxService, startSandboxService } from './sandbox-service.ts'
import { signIn } from './sign-in.ts'
import { openPage, type WatchedPage } from './watched-page.ts'

/** A service with its UI open in a browser of its own, and an administrator signed in. */
export interface OpenedSandbox {
  readonly sandbox: SandboxService
  readonly watched: WatchedPage
  readonly page: Page
  close(): Promise<void>
}

/** Takes up to two minutes on a busy machine. */
export async function openSandbox(options?: Parameters<typeof startSandboxService>[0]): Promise<OpenedSandbox> {
  const sandbox = await startSandboxService(options)
  const browser = await openBrowser()
  const watched = await openPage(browser, sandbox.url)
  await signIn(watched.page, sandbox.token)
  return {
    sandbox,
    watched,
    page: watched.page,
    async close() {
      await browser.close()
      await sandbox.close()
    },
  }
}
