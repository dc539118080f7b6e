import Type from 'typebox'
import type { Target } from '../target.ts'
import type { OpenOptions } from '../throttling.ts'
import { CrowdConnection } from './crowd-settings.ts'
import { openCrowdSide } from './crowd-side.ts'
import { withCrowdWay } from './crowd-way.ts'

/** The key of a product's settings for the Crowd behind its directory. */
export const crowdBeside = {
  crowd: Type.Optional(
    Type.Object(CrowdConnection.properties, {
      additionalProperties: false,
      description:
        'The Crowd, or the Jira that serves as one, behind the user directory: does what the API of the product itself cannot.',
    }),
  ),
}

/** The target with the Crowd way, where the settings name a Crowd. */
export const besideCrowd = (target: Target, crowd: CrowdConnection | undefined, options: OpenOptions = {}): Target =>
  crowd ? withCrowdWay(target, openCrowdSide(crowd, options)) : target
