/** What a directory, and an application's mapping to it, may allow (atlassian-rest.md 2.5, 6.2; roles left out). */
export const permissions = [
  'addUser',
  'modifyUser',
  'modifyUserAttributes',
  'removeUser',
  'addGroup',
  'modifyGroup',
  'modifyGroupAttributes',
  'removeGroup',
] as const

export type Permission = (typeof permissions)[number]
