import type { TSchema } from 'typebox'
import { connectors } from '../../sources/registry.ts'
import type { Connector } from '../../sources/source.ts'
import { targetKinds } from '../../targets/registry.ts'

type Method = Connector<unknown>['method']

/** The schema of a connection's settings; `undefined` where the provider does not come in that way. */
export const connectionSettings = (provider: string, method: Method): TSchema | undefined =>
  connectors.find((connector) => connector.provider === provider && connector.method === method)?.settings

/** Providers that come in by this method, in the order of the registry. */
export const providersOf = (method: Method): readonly string[] =>
  connectors.filter((connector) => connector.method === method).map(({ provider }) => provider)

/** The schema of a target's settings. */
export const targetSettings = (kind: string): TSchema | undefined =>
  Object.hasOwn(targetKinds, kind) ? targetKinds[kind]?.settings : undefined

export const kindsOfTarget = (): readonly string[] => Object.keys(targetKinds)
