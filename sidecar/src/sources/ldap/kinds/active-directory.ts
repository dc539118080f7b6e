import type { ServerKind } from './server-kind.ts'

/** Active Directory and Samba (Active Directory). */
export const activeDirectory: ServerKind = {
  name: 'activeDirectory',
  label: 'Active Directory',
  // Computers are users, too, by class; not by category.
  userFilter: '(&(objectCategory=person)(objectClass=user))',
  groupFilter: '(objectClass=group)',
  userId: 'objectGUID',
  groupId: 'objectGUID',
  login: 'sAMAccountName',
  otherLogins: ['userPrincipalName'],
  email: 'mail',
  displayName: 'displayName',
  groupName: 'sAMAccountName',
  memberDn: ['member'],
  memberLogin: [],
  // ACCOUNTDISABLE. A lockout is not in this attribute, and is over by itself.
  enabled: { kind: 'bit', attribute: 'userAccountControl', disabledBit: 2 },
  neverEmpty: [],
  primary: { kind: 'rid', person: 'primaryGroupID', group: 'objectSid' },
  primaryByDefault: true,
  changes: 'usn',
  dnAttribute: 'distinguishedName',
  ranges: true,
  usualAttributes: [
    'userPrincipalName',
    'givenName',
    'sn',
    'cn',
    'department',
    'title',
    'company',
    'employeeID',
    'employeeNumber',
    'physicalDeliveryOfficeName',
    'objectSid',
    'accountExpires',
  ],
}
