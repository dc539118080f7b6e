import { messagesOf } from '../intl/messages-of.ts'

export const messages = messagesOf('app', {
  skipToContent: 'Skip to the content',
  product: 'Rollcall',
  navigation: 'Main',
  connections: 'Configured IDPs',
  runs: 'Run history',
  holds: '{count, plural, one {# held plan} other {# held plans}}',
  theme: 'Colour theme',
  light: 'Light',
  dark: 'Dark',
  auto: 'Same as the system',
  signedInAs: 'Signed in as {name}',
  signOut: 'Sign out',
  version: 'Rollcall {version}',
  notFound: 'There is no such page',
  notFoundText: 'The address {path} leads nowhere.',
  toSignIn: 'To the sign-in',
  toConnections: 'To the configured IDPs',
})
