import { ok, page } from '../data-center/answer.ts'
import type { Handler } from './call.ts'

/** From 9.2.21 on (Confluence REST, session). */
export const serverInformation: Handler = ({ confluence, base }) => {
  const { serverInformation: exists, number, buildNumber } = confluence.features
  if (!exists) return page(404, 'Not Found')
  const marketplaceBuildNumber = buildNumber
  return ok({
    baseUrl: base,
    version: number,
    buildNumber,
    marketplaceBuildNumber,
    buildDate: '2026-01-15T00:00:00.000Z',
  })
}

/** Anonymous, in every release (Confluence REST, session). */
export const manifest: Handler = ({ confluence, base }) =>
  ok({
    id: '2f7b6d3a-0000-3000-8000-confluence01',
    name: 'Confluence',
    typeId: 'confluence',
    version: confluence.features.number,
    buildNumber: confluence.features.buildNumber,
    applinksVersion: '11.0.0',
    url: base,
  })

/** Undocumented (Confluence REST, session); the shape is believed: -1 where there is no limit. */
export const remainingSeats: Handler = ({ confluence }) => {
  const seats = confluence.remainingSeats()
  return ok({ count: Number.isFinite(seats) ? seats : -1 })
}

/** Undocumented; Confluence wraps the list as `directory` (Data Center, directories). */
export const listDirectories: Handler = ({ confluence }) =>
  ok({
    directory: confluence.directories.map(({ id, name }) => ({
      id,
      name,
      synchronisation: { currentStartTime: 0, currentDuration: 0, lastStartTime: 0, lastDuration: 0, syncStatus: '' },
    })),
  })
