import { messagesOf } from '../../intl/messages-of.ts'

export const messages = messagesOf('documentation', {
  title: 'Error {code}',
  unknown: 'This code is not described',
  unknownText:
    'The service that sent {code} may be newer than this page: look for the code in docs/errors.md of its release.',
})
