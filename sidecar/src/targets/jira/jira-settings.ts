import Type, { type Static } from 'typebox'
import { crowdBeside } from '../crowd/beside-crowd.ts'
import { connectionSettings } from '../data-center/connection-settings.ts'
import { basicCredentials, tokenCredentials } from '../data-center/credential-settings.ts'

const { url, ...reaching } = connectionSettings('Jira', 'https://jira.example.com/jira')

/** How to reach and sign in to one Jira Data Center. Secrets arrive resolved. */
export const JiraSettings = Type.Object(
  {
    url,
    credentials: Type.Union(
      [
        tokenCredentials('a Jira administrator', 'Personal access token (Jira 8.14 and later)'),
        basicCredentials('a Jira administrator'),
      ],
      { description: 'The account needs the global permission Jira Administrators; it is never touched by a plan.' },
    ),
    ...reaching,
    ...crowdBeside,
  },
  { additionalProperties: false },
)
export type JiraSettings = Static<typeof JiraSettings>
