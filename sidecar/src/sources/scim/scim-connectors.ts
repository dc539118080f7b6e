import type { Connector, ReadingPage, Source } from '../source.ts'
import { ScimSettings } from './scim-settings.ts'

/** Identity providers that push by SCIM 2.0. They differ in name and guide only: one service understands them all. */
const providers = [
  { provider: 'entra', label: 'Microsoft Entra ID (previously Azure AD)' },
  { provider: 'okta', label: 'Okta' },
  { provider: 'onelogin', label: 'OneLogin' },
  { provider: 'oracle', label: 'Oracle IDCS' },
  { provider: 'keycloak', label: 'Keycloak' },
  { provider: 'google', label: 'Google Workspace' },
  { provider: 'aws', label: 'AWS' },
  { provider: 'jumpcloud', label: 'JumpCloud' },
  { provider: 'ping', label: 'Ping Identity' },
  { provider: 'authentik', label: 'authentik' },
  { provider: 'miniorange', label: 'miniOrange' },
  { provider: 'custom', label: 'Custom SCIM App' },
] as const

/**
 * A pushed source has nothing to read: what the provider said is desired state already. Its reading is an empty delta,
 * so that a run over it is a run like any other.
 */
const pushedSource: Source = {
  async *read(): AsyncGenerator<ReadingPage> {
    yield { kind: 'begin', form: 'delta' }
    yield { kind: 'complete', cursor: 'pushed' }
  },
  check: async () => [
    { step: 'Direction', ok: true, detail: 'The identity provider pushes; there is nothing to reach from here.' },
  ],
  lookup: async () => undefined,
  close: async () => {},
}

export const scimConnectors: readonly Connector<ScimSettings>[] = providers.map(({ provider, label }) => ({
  provider,
  method: 'scim',
  label,
  settings: ScimSettings,
  open: () => pushedSource,
  cursorScope: () => 'pushed',
  scope: () => ({ groups: [], applications: [], guests: 'include' }),
}))
