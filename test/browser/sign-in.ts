import type { Page } from 'playwright-core'

/** Signs in as a person would, and waits for the first page behind it. */
export async function signIn(page: Page, token: string): Promise<void> {
  await page.getByLabel('Admin token').fill(token)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { level: 1, name: 'Configured IDPs' }).waitFor()
}
