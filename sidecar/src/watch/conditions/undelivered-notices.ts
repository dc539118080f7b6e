import type { Condition } from '../../state/notices/condition.ts'
import type { FailingChannel } from '../../state/notices/waiting-messages.ts'

/** Mail servers restart: what fails less often comes through by itself. */
const toldAfter = 3

/** Channels that do not take what they are given: without another one only this list says so. */
export const findUndelivered = (channels: readonly FailingChannel[]): readonly Condition[] =>
  channels
    .filter(({ failures }) => failures >= toldAfter)
    .map(({ channel, failures, problem: { code, message, remedy } }) => ({
      key: `channel/${channel}`,
      kind: 'noticesUndelivered',
      stage: '',
      severity: 'critical',
      title: `Notices do not arrive: ${channel}`,
      text: `${channel} refused ${failures} times in a row. ${message} (${code})`,
      remedy: `${remedy} \`rollcall notices test\` tries it step by step.`,
    }))
