import Type, { type Static } from 'typebox'
import { crowdBeside } from '../crowd/beside-crowd.ts'
import { connectionSettings } from '../data-center/connection-settings.ts'
import { basicCredentials, tokenCredentials } from '../data-center/credential-settings.ts'

const { url, ...reaching } = connectionSettings('Confluence', 'https://wiki.example.com/confluence')

/** How to reach and sign in to one Confluence Data Center. Secrets arrive resolved. */
export const ConfluenceSettings = Type.Object(
  {
    url,
    credentials: Type.Union(
      [
        tokenCredentials('a Confluence administrator', 'Personal access token'),
        basicCredentials('a Confluence administrator'),
      ],
      {
        description: 'The account needs the global permission Confluence Administrator; it is never touched by a plan.',
      },
    ),
    ...reaching,
    ...crowdBeside,
  },
  { additionalProperties: false },
)
export type ConfluenceSettings = Static<typeof ConfluenceSettings>
