import Type, { type Static } from 'typebox'
import { crowdBeside } from '../crowd/beside-crowd.ts'
import { connectionSettings } from '../data-center/connection-settings.ts'
import { basicCredentials, tokenCredentials } from '../data-center/credential-settings.ts'

const { url, ...reaching } = connectionSettings('Bitbucket', 'https://git.example.com/bitbucket')

/** How to reach and sign in to one Bitbucket Data Center. Secrets arrive resolved. */
export const BitbucketSettings = Type.Object(
  {
    url,
    credentials: Type.Union(
      [
        basicCredentials('a Bitbucket administrator'),
        tokenCredentials('nobody: it is refused with an explanation', 'HTTP access token (cannot administer users)'),
      ],
      {
        description:
          'A user name and password: tokens of Bitbucket cannot administer users. The account needs the global permission Admin; it is never touched by a plan.',
      },
    ),
    ...reaching,
    ...crowdBeside,
  },
  { additionalProperties: false },
)
export type BitbucketSettings = Static<typeof BitbucketSettings>
