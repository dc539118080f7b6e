import Type, { type Static } from 'typebox'
import { crowdBeside } from '../crowd/beside-crowd.ts'
import { connectionSettings } from '../data-center/connection-settings.ts'
import { basicCredentials } from '../data-center/credential-settings.ts'

const { url, ...reaching } = connectionSettings('Bitbucket', 'https://git.example.com/bitbucket')

/** Known only to be refused in words of its own: what reads as a wrong setting would send people looking for a typing error. */
const accessToken = Type.Object(
  {
    method: Type.Literal('pat'),
    token: Type.String({
      minLength: 1,
      secret: true,
      description: 'An HTTP access token: refused with an explanation, because none can administer users.',
    }),
  },
  { additionalProperties: false, title: 'HTTP access token (cannot administer users)' },
)

/** How to reach and sign in to one Bitbucket Data Center. Secrets arrive resolved. */
export const BitbucketSettings = Type.Object(
  {
    url,
    credentials: Type.Union([basicCredentials('a Bitbucket administrator'), accessToken], {
      description:
        'A user name and password: tokens of Bitbucket cannot administer users. The account needs the global permission Admin; it is never touched by a plan.',
    }),
    ...reaching,
    ...crowdBeside,
  },
  { additionalProperties: false },
)
export type BitbucketSettings = Static<typeof BitbucketSettings>
