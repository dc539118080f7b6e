import type { ConnectionEntry, TargetEntry } from '@rollcall/contract/configuration'
import type { TSchema } from 'typebox'
import { connectionSettings, targetSettings } from '../../connections/configuration/known-kinds.ts'
import { resolveReferences } from '../../connections/configuration/secret-reference.ts'
import type { Instant } from '../../identity/ids.ts'
import { Problem } from '../../problem/problem.ts'
import type { NamedThing } from '../../state/notices/condition.ts'
import type { Db } from '../../store/transaction.ts'
import { certificatesIn } from './certificates-in.ts'
import type { Credential } from './credential.ts'

/** Ends that the configuration tells: days that somebody wrote down, and certificates in the settings. */
export async function configuredCredentials(db: Db, environment: NodeJS.ProcessEnv): Promise<readonly Credential[]> {
  const connections = await rowsOf(db, 'connection')
  const targets = await rowsOf(db, 'target')
  return [
    ...connections.flatMap(({ slug, name, entry }) => {
      const written = JSON.parse(entry) as ConnectionEntry
      const schema = connectionSettings(written.provider, written.method)
      return ofEntry(`connection/${slug}`, { connection: { slug, name } }, written, schema, environment)
    }),
    ...targets.flatMap(({ slug, name, entry }) => {
      const written = JSON.parse(entry) as TargetEntry
      return ofEntry(`target/${slug}`, { target: { slug, name } }, written, targetSettings(written.kind), environment)
    }),
  ]
}

const rowsOf = (db: Db, table: 'connection' | 'target') =>
  db.selectFrom(table).select(['slug', 'name', 'entry']).where('removed_at', 'is', null).orderBy('id').execute()

type Owner = { readonly connection: NamedThing } | { readonly target: NamedThing }

function ofEntry(
  key: string,
  owner: Owner,
  { settings, credentialsExpireOn }: Pick<ConnectionEntry, 'settings' | 'credentialsExpireOn'>,
  schema: TSchema | undefined,
  environment: NodeJS.ProcessEnv,
): readonly Credential[] {
  const { name } = 'connection' in owner ? owner.connection : owner.target
  const secretDay = dayIn(settings, 'secretExpiresOn')
  const written = (what: string, day: string | undefined): readonly Credential[] => {
    const expiresAt = startOf(day)
    if (expiresAt === undefined) return []
    const remedy = `Renew it, put the new one where the configuration refers to, and correct \`${what}\`.`
    const text = what === 'secretExpiresOn' ? `The secret of ${name}` : `What Rollcall signs in to ${name} with`
    return [{ key: `${key}/${what}`, what: text, expiresAt, remedy, ...owner }]
  }
  const certificates = certificatesIn(resolved(schema, settings, environment)).map(
    ({ path, expiresAt }): Credential => ({
      key: `${key}/${path}`,
      what: `The certificate \`${path}\` of ${name}`,
      expiresAt,
      remedy: 'Renew the certificate, and put the new one where the configuration refers to.',
      ...owner,
    }),
  )
  return [
    ...written('secretExpiresOn', secretDay),
    ...written('credentialsExpireOn', credentialsExpireOn),
    ...certificates,
  ]
}

/** A reference that leads nowhere is told when the connection opens, and says nothing of an end. */
function resolved(schema: TSchema | undefined, settings: unknown, environment: NodeJS.ProcessEnv): unknown {
  if (schema === undefined) return settings
  try {
    return resolveReferences(schema, settings, environment)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return settings
  }
}

function dayIn(settings: unknown, key: string): string | undefined {
  const value = typeof settings === 'object' && settings !== null ? Reflect.get(settings, key) : undefined
  return typeof value === 'string' ? value : undefined
}

function startOf(day: string | undefined): Instant | undefined {
  const at = day === undefined ? Number.NaN : Date.parse(`${day}T00:00:00Z`)
  return Number.isNaN(at) ? undefined : at
}
