import type { DirectoryObject } from '../tenant/directory-object.ts'

/** What Graph knows of one type: properties by default, by `$select` only, and those it keeps elsewhere. */
export interface EntityType {
  readonly name: string
  readonly byDefault: readonly string[]
  readonly bySelect: ReadonlySet<string>
  /** Stored outside of the directory: 501 in a collection, never in a delta (Microsoft Graph, calls). */
  readonly elsewhere: ReadonlySet<string>
}

const words = (text: string): string[] => text.split(/\s+/).filter(Boolean)

function entityType(name: string, byDefault: string, bySelect: string, elsewhere = ''): EntityType {
  const defaults = words(byDefault)
  return {
    name,
    byDefault: defaults,
    bySelect: new Set([...defaults, ...words(bySelect)]),
    elsewhere: new Set(words(elsewhere)),
  }
}

/** Default set: Microsoft Graph, calls; the rest: Microsoft Graph, fields and the type `user` of the v1.0 CSDL. */
const user = entityType(
  'user',
  `businessPhones displayName givenName id jobTitle mail mobilePhone officeLocation preferredLanguage surname userPrincipalName`,
  `accountEnabled ageGroup assignedLicenses assignedPlans city companyName consentProvidedForMinor country createdDateTime
   creationType deletedDateTime department employeeHireDate employeeId employeeLeaveDateTime employeeOrgData employeeType
   externalUserState externalUserStateChangeDateTime faxNumber identities imAddresses isResourceAccount
   lastPasswordChangeDateTime legalAgeGroupClassification licenseAssignmentStates mailNickname onPremisesDistinguishedName
   onPremisesDomainName onPremisesExtensionAttributes onPremisesImmutableId onPremisesLastSyncDateTime
   onPremisesProvisioningErrors onPremisesSamAccountName onPremisesSecurityIdentifier onPremisesSyncEnabled
   onPremisesUserPrincipalName otherMails passwordPolicies postalCode preferredDataLocation proxyAddresses securityIdentifier
   serviceProvisioningErrors showInAddressList signInSessionsValidFromDateTime state streetAddress usageLocation userType`,
  `aboutMe birthday hireDate interests mailboxSettings mySite pastProjects preferredName responsibilities schools skills`,
)

/** Microsoft Graph, fields and the type `group` of the v1.0 CSDL. */
const group = entityType(
  'group',
  `id deletedDateTime classification createdDateTime creationOptions description displayName expirationDateTime groupTypes
   isAssignableToRole mail mailEnabled mailNickname membershipRule membershipRuleProcessingState onPremisesDomainName
   onPremisesLastSyncDateTime onPremisesNetBiosName onPremisesSamAccountName onPremisesSecurityIdentifier
   onPremisesSyncEnabled preferredDataLocation preferredLanguage proxyAddresses renewedDateTime resourceBehaviorOptions
   resourceProvisioningOptions securityEnabled securityIdentifier theme uniqueName visibility onPremisesProvisioningErrors`,
  `assignedLabels assignedLicenses hasMembersWithLicenseErrors isManagementRestricted licenseProcessingState serviceProvisioningErrors`,
  `allowExternalSenders autoSubscribeNewMembers hideFromAddressLists hideFromOutlookClients isSubscribedByMail unseenCount`,
)

const servicePrincipal = entityType(
  'servicePrincipal',
  `id deletedDateTime accountEnabled alternativeNames appDescription appDisplayName appId appOwnerOrganizationId
   appRoleAssignmentRequired createdDateTime description displayName homepage loginUrl logoutUrl notes replyUrls
   servicePrincipalNames servicePrincipalType signInAudience tags appRoles`,
  `customSecurityAttributes info keyCredentials passwordCredentials resourceSpecificApplicationPermissions`,
)

const device = entityType(
  'device',
  'id deletedDateTime accountEnabled deviceId displayName operatingSystem',
  'isManaged',
)

export const entityTypes = { user, group, servicePrincipal, device } as const satisfies Record<
  DirectoryObject['kind'],
  EntityType
>

/** Members of a group are directory objects: every property of any type that can be one may be selected. */
export const directoryObjectType: EntityType = {
  name: 'directoryObject',
  byDefault: [],
  bySelect: new Set(Object.values(entityTypes).flatMap(({ bySelect }) => [...bySelect])),
  elsewhere: new Set(),
}

/** Collections are never null. */
export const collections: ReadonlySet<string> = new Set(
  words(`businessPhones otherMails proxyAddresses identities imAddresses groupTypes assignedLicenses assignedPlans assignedLabels
  creationOptions licenseAssignmentStates onPremisesProvisioningErrors resourceBehaviorOptions resourceProvisioningOptions
  serviceProvisioningErrors alternativeNames replyUrls servicePrincipalNames tags appRoles keyCredentials passwordCredentials`),
)
