/** Parts of a policy that not every kind of target can honour. */
export type PolicyPart = 'leads' | 'customAttributes' | 'nativeNesting' | 'userName' | 'nameSuffix'

/** Why a kind of target can never do it; or not without `unless`, a key of its settings. */
export interface PolicyLimit {
  readonly reason: string
  readonly unless?: string
}

type Limits = Readonly<Partial<Record<PolicyPart, PolicyLimit>>>

const noLeads = (product: string): PolicyLimit => ({
  reason: `${product} has no projects or components that somebody leads; only Jira has.`,
})

const byCrowd = (product: string, what: string): PolicyLimit => ({
  reason: `${product} has no call that ${what}; connect its Crowd beside it (\`settings.crowd\`).`,
  unless: 'crowd',
})

const nestsGroups = 'puts a group into a group'
const storesAttributes = 'stores attributes of a person'

/**
 * What is known of each kind before any of it is asked, so that it can be refused when it is saved. What only a version or a
 * licence lacks is found out by asking (`Capabilities`) and becomes a finding. Jira REST; Jira Cloud REST.
 */
const limitsOfKind: Readonly<Record<string, Limits>> = {
  jira: { nativeNesting: byCrowd('Jira', nestsGroups) },
  confluence: {
    leads: noLeads('Confluence'),
    customAttributes: byCrowd('Confluence', storesAttributes),
    nativeNesting: byCrowd('Confluence', nestsGroups),
  },
  bitbucket: {
    leads: noLeads('Bitbucket'),
    customAttributes: byCrowd('Bitbucket', storesAttributes),
    nativeNesting: byCrowd('Bitbucket', nestsGroups),
  },
  crowd: { leads: noLeads('Crowd') },
  jiraCloud: {
    nativeNesting: { reason: 'Jira Cloud has no nested groups.' },
    userName: { reason: 'Accounts of Jira Cloud have no user name; they are known by their e-mail address.' },
    nameSuffix: { reason: 'Accounts of Jira Cloud are known by their e-mail address, which cannot be given a number.' },
  },
}

/** `undefined` where nothing speaks against it. */
export function policyLimit(kind: string, part: PolicyPart, settings: unknown): PolicyLimit | undefined {
  const limit = Object.hasOwn(limitsOfKind, kind) ? limitsOfKind[kind]?.[part] : undefined
  if (limit?.unless === undefined) return limit
  const has = typeof settings === 'object' && settings !== null && Object.hasOwn(settings, limit.unless)
  return has ? undefined : limit
}
