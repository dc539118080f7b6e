/** What a directory, and an application's mapping to it, may allow (Data Center, directories; Crowd REST, several directories; roles left out). */
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
