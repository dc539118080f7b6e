import { resolve } from 'node:path'
import type { Command } from 'commander'
import { openLocalService } from './local-service.ts'
import { type ServiceClient, socketClient, urlClient } from './service-client.ts'

interface GlobalOptions {
  readonly data: string
  readonly url?: string
  readonly token?: string
}

/**
 * Runs `action` against the service that `--url` names, else the one that owns the data folder.
 * Only when nothing holds the folder does this process open the store itself, for the length of the command.
 */
export async function withService<T>(command: Command, action: (client: ServiceClient) => Promise<T>): Promise<T> {
  const client = await openClient(command.optsWithGlobals<GlobalOptions>())
  try {
    return await action(client)
  } finally {
    await client.close()
  }
}

async function openClient({ data, url, token }: GlobalOptions): Promise<ServiceClient> {
  if (url) return urlClient(url, token ?? process.env.ROLLCALL_TOKEN ?? '')
  const folder = resolve(data)
  const running = socketClient(folder)
  if (running && (await answers(running))) return running
  await running?.close()
  return openLocalService(folder)
}

/** A socket file may have been left behind by a service that was killed. */
const answers = (client: ServiceClient): Promise<boolean> =>
  client.call('GET', '/status').then(
    () => true,
    (error: unknown) => !(error instanceof Error && 'code' in error && error.code === 'service_unreachable'),
  )
