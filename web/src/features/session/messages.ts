import { messagesOf } from '../../intl/messages-of.ts'

export const messages = messagesOf('session', {
  title: 'Sign in to Rollcall',
  token: 'Admin token',
  empty: 'Enter an admin token.',
  signIn: 'Sign in',
  howTo:
    'No token yet? Make one on the machine that runs the service. NAME says who uses it, and appears wherever a person approves something.',
})
