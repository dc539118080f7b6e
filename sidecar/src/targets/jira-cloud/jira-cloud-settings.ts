import Type, { type Static } from 'typebox'
import { connectionSettings } from '../data-center/connection-settings.ts'

const closed = { additionalProperties: false } as const
const secret = { minLength: 1, secret: true } as const

/** How to reach one Jira Cloud site, and the organization that it belongs to. Secrets arrive resolved. */
export const JiraCloudSettings = Type.Object(
  {
    ...connectionSettings('the site', 'https://your-site.atlassian.net'),
    adminEmail: Type.String({
      minLength: 3,
      description: 'E-mail address of the administrator who made the API token.',
    }),
    apiToken: Type.String({
      ...secret,
      description:
        'API token of that administrator, made at `https://id.atlassian.com/manage-profile/security/api-tokens`.',
    }),
    organization: Type.Optional(
      Type.Object(
        {
          apiKey: Type.String({ ...secret, description: 'API key of the organization.' }),
          url: Type.String({
            minLength: 1,
            default: 'https://api.atlassian.com',
            description: 'Address of the organization API.',
          }),
          deleteAccounts: Type.Boolean({
            default: false,
            description:
              'Deletes the Atlassian account itself, in every product, 14 days later. Without it accounts are removed from the site only.',
          }),
        },
        {
          ...closed,
          description: 'Changes and deactivates managed accounts: those of domains that the organization has verified.',
        },
      ),
    ),
  },
  closed,
)
export type JiraCloudSettings = Static<typeof JiraCloudSettings>
export type OrganizationSettings = NonNullable<JiraCloudSettings['organization']>
