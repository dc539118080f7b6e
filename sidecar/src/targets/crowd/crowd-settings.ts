import Type, { type Static } from 'typebox'
import { connectionSettings } from '../data-center/connection-settings.ts'

/**
 * How to reach a Crowd, or a Jira that serves as one, as an application of it. Settings of the target `crowd`, and the
 * key `crowd` of the targets whose directory is in a Crowd. Secrets arrive resolved.
 */
export const CrowdConnection = Type.Object(
  {
    ...connectionSettings('Crowd (or of the Jira that serves as one)', 'https://crowd.example.com/crowd'),
    application: Type.String({
      minLength: 1,
      description: 'Name of the application in Crowd; in Jira as given under User management, Jira user server.',
    }),
    password: Type.String({ minLength: 1, secret: true, description: 'Password of that application.' }),
  },
  { additionalProperties: false },
)
export type CrowdConnection = Static<typeof CrowdConnection>
