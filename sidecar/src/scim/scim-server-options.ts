import { answerBrokenRequest } from './answer-broken-requests.ts'
import { refuseMalformed } from './answer-scim-errors.ts'

/** What the server that the plugin is registered on has to be: routing and what is answered before any route is found. */
export const scimServerOptions = {
  // Providers join base URL and path in every way (`//Users`, `/Users/`), and some write the path in their own case.
  routerOptions: {
    ignoreTrailingSlash: true,
    ignoreDuplicateSlashes: true,
    caseSensitive: false,
    maxParamLength: 1_000,
  },
  frameworkErrors: refuseMalformed,
  clientErrorHandler: answerBrokenRequest,
} as const
