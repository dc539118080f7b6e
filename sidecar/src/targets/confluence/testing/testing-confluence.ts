import {
  type ConfluenceSimulator,
  startConfluenceSimulator,
} from '@rollcall/simulators/confluence/confluence-simulator'
import { admin, type ConfluenceOptions, createConfluence } from '@rollcall/simulators/confluence/create-confluence'
import { type UnderTest, underTest } from '../../testing/under-test.ts'
import type { OpenOptions } from '../../throttling.ts'

export type ConfluenceUnderTest = UnderTest<ConfluenceSimulator>

/** A simulated Confluence with a target opened on it, as the administrator it comes with. */
export async function startConfluence(
  options: ConfluenceOptions = {},
  settings: Readonly<Record<string, unknown>> = {},
  open: OpenOptions = {},
  contextPath = '',
): Promise<ConfluenceUnderTest> {
  const simulator = await startConfluenceSimulator({ confluence: createConfluence(options), contextPath })
  const credentials = { method: 'pat', token: admin.token }
  return underTest('confluence', simulator, { credentials, ...settings }, open)
}
