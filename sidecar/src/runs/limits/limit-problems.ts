import { defineProblems } from '../../problem/problem.ts'

/** What can be wrong with an exception, an announcement or a pause. */
export const limitProblems = defineProblems({
  exception_account_unknown: {
    status: 404,
    meaning: 'The target has no account of this name, and nobody is to get one.',
    remedy: 'Give the user name as the product shows it; if the account is new, synchronize first.',
  },
  exception_group_unknown: {
    status: 404,
    meaning: 'The target has no group of this name.',
    remedy: 'Give the name of the group as the product shows it.',
  },
  exception_unknown: {
    status: 404,
    meaning: 'There is no such exception: it was removed, or its end has come.',
    remedy: 'Look at the list of exceptions.',
  },
  pause_unknown: {
    status: 404,
    meaning: 'There is no such pause: somebody resumed already.',
    remedy: 'Look at the list of pauses.',
  },
  announcement_unknown: {
    status: 404,
    meaning: 'There is no such announcement: it was taken back.',
    remedy: 'Look at the list of announcements.',
  },
  announcement_window: {
    status: 400,
    meaning: 'The window of an announcement has no time in it that is still to come.',
    remedy: 'Give an end that lies behind the beginning and in the future.',
  },
  announcement_group_unclear: {
    status: 400,
    meaning: 'The group of an announcement is not known, or several groups of the identity provider are called that.',
    remedy: 'Give the name as the provider shows it, or the id of the group.',
  },
  exception_ended: {
    status: 400,
    meaning: 'The end of the exception has passed already.',
    remedy: 'Give a date in the future, or none.',
  },
})
