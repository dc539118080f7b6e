import { Problem } from '@rollcall/sidecar/problem/problem'
import { readAll } from '@rollcall/sidecar/sources/conformance'
import { openSource } from '@rollcall/sidecar/sources/registry'
import type { Source } from '@rollcall/sidecar/sources/source'
import { onTestFinished } from 'vitest'

/** Opens a connection as the service does; it ends with the test. */
export function openDirectory(settings: Readonly<Record<string, unknown>>, provider = 'openldap'): Source {
  const source = openSource(provider, 'ldap', settings)
  onTestFinished(() => source.close())
  return source
}

/** The code of the problem that a whole reading ends with; `undefined` when it is complete. */
export async function problemOfReading(source: Source): Promise<string | undefined> {
  const failure: unknown = await readAll(source, undefined).then(
    () => undefined,
    (error: unknown) => error,
  )
  if (failure === undefined || failure instanceof Problem) return failure?.code
  throw failure
}
