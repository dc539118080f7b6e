import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { defineProblems, Problem } from '../problem/problem.ts'
import { graphConnector } from './graph/graph-connector.ts'
import { ldapConnectors } from './ldap/ldap-connectors.ts'
import { scimConnectors } from './scim/scim-connectors.ts'
import type { Connector, Source } from './source.ts'

type Method = Connector<unknown>['method']

/** Every kind of source: one folder and one line here. Methods of a connector take settings of its own schema. */
export const connectors: readonly Connector<unknown>[] = [
  graphConnector,
  ...ldapConnectors,
  ...scimConnectors,
] as Connector<unknown>[]

export const sourceProblems = defineProblems({
  provider_unknown: {
    status: 400,
    meaning: 'There is no connector for this identity provider.',
    remedy: 'Give one of the providers named in the message.',
  },
  source_settings_invalid: {
    status: 400,
    meaning: 'The settings of a connection do not fit its identity provider.',
    remedy: 'Correct the setting named in the message; docs/configuration.md describes every one.',
  },
})

export function connectorFor(provider: string, method: Method): Connector<unknown> {
  const connector = connectors.find((each) => each.provider === provider && each.method === method)
  if (connector) return connector
  const known = connectors
    .filter((each) => each.method === method)
    .map((each) => each.provider)
    .join(', ')
  throw new Problem(
    sourceProblems.provider_unknown,
    `No identity provider is called ${JSON.stringify(provider)}: ${known}.`,
  )
}

/** Settings come from the store, a file or a form; nobody downstream sees them unparsed. Values are never quoted. */
export function parseSourceSettings(provider: string, method: Method, settings: unknown): unknown {
  const schema: TSchema = connectorFor(provider, method).settings
  const complete = Value.Default(schema, structuredClone(settings))
  const [error] = Value.Errors(schema, complete)
  if (!error) return complete
  const path = error.instancePath || '/'
  throw new Problem(sourceProblems.source_settings_invalid, `settings${path}: ${error.message}.`, { context: { path } })
}

/** Opens a connection; secrets in the settings are resolved already. */
export const openSource = (provider: string, method: Method, settings: unknown): Source =>
  connectorFor(provider, method).open(parseSourceSettings(provider, method, settings))
