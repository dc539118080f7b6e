import { messagesOf } from '../../intl/messages-of.ts'

export const messages = messagesOf('notices', {
  title: '{count, plural, one {One thing needs you} other {# things need you}}',
  critical: 'Urgent',
  warning: 'Attention',
  since: 'Since {since}',
  openPlan: 'Open plan {id}',
  openRun: 'Open run {id}',
  tryAgain: 'Try again',
  tryAgainTitle: 'Synchronizes {name} now, however long it would wait.',
})
