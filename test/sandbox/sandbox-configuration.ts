import { passwordOf } from '../ldap/servers/bind-accounts.ts'
import { type Product, productLabels, productTarget } from '../products/products.ts'
import type { SandboxDirectory } from './sandbox-directory.ts'
import type { SandboxWorld } from './sandbox-world.ts'

/** The environment that the configuration's references point at. */
export const sandboxSecrets = (world: SandboxWorld, jiraToken: string): Record<string, string> => ({
  SANDBOX_BIND_PASSWORD: passwordOf('reader'),
  SANDBOX_CLIENT_SECRET: world.tenant.application.secrets[0]?.value ?? '',
  SANDBOX_JIRA_TOKEN: jiraToken,
})

/** The configuration file that the sandbox starts with; it stays as it is once it exists, so it can be edited. */
export const sandboxConfiguration = (
  world: SandboxWorld,
  directory?: SandboxDirectory,
  others: readonly Product[] = [],
): string => `# The sandbox's configuration: edit it, then run
#   npx --yes pnpm@12 rollcall --data .data/sandbox/service config apply .data/sandbox/rollcall.yaml
# docs/configuration.md explains every key.
version: 1
targets:
  - name: Jira
    kind: jira
    settings:
      url: ${world.jiraUrl}
      credentials:
        method: pat
        token: \${SANDBOX_JIRA_TOKEN}
    administratorGroups: [jira-administrators]
${others.map((product) => `  - ${JSON.stringify(productTarget(product))}\n`).join('')}connections:
  - name: Microsoft Entra ID
    slug: entra
    provider: entra
    settings:
      tenantId: ${world.tenant.tenantId}
      clientId: ${world.tenant.application.clientId}
      clientSecret: \${SANDBOX_CLIENT_SECRET}
      loginUrl: ${world.entraUrl}
      graphUrl: ${world.entraUrl}
    schedule: hourly
    policies:
      - target: Jira
        users:
          userName:
            expression: user.userName
            pattern: "(.*)@.*"
            replacement: $1
          defaultProjectLead: admin
          defaultComponentLead: admin
        groups:
          mode: onTheFly
          defaultGroups:
            allUsers: [jira-software-users]
${others.map(policyOf).join('')}  # A provider that pushes by SCIM instead of being read. Remove the "# ", apply the file as above, and open Configured IDPs: it shows the
  # SCIM Base URL and makes the token to enter at the provider.
  # - name: Okta
  #   provider: okta
  #   method: scim
  #   policies:
  #     - target: Jira
  #       users: {}
  #       groups:
  #         mode: onTheFly
${directory ? directoryConnection(directory) : ''}`

/** Jira Cloud knows people by their address. */
const policyOf = ({ kind }: Product): string => `      - target: ${productLabels[kind]}
        users: ${kind === 'jiraCloud' ? '{}' : '{ userName: { pattern: "(.*)@.*", replacement: $1 } }'}
        groups:
          mode: onTheFly
`

const directoryConnection = ({ url, suffix, bindDn }: SandboxDirectory): string => `
  # An OpenLDAP server with a small company: what it has is made anew at each start.
  - name: Directory
    slug: directory
    provider: openldap
    method: ldap
    settings:
      urls: [${url}]
      bindDn: ${bindDn}
      bindPassword: \${SANDBOX_BIND_PASSWORD}
      baseDn: ${suffix}
      attributes: [givenName, sn]
    policies:
      - target: Jira
        groups:
          mode: onTheFly
`
