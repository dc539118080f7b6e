/** What a call costs of the identity quota, told in `x-ms-resource-unit` (table in Microsoft Graph, throttling). */
export function resourceUnits(path: string, query: URLSearchParams): number {
  const top = Number(query.get('$top') ?? 100)
  const cost = baseCost(path) - (query.has('$select') ? 1 : 0) + (query.has('$expand') ? 1 : 0) - (top < 20 ? 1 : 0)
  return Math.max(1, cost)
}

function baseCost(path: string): number {
  if (/\/transitiveMembers\b/i.test(path)) return 5
  if (/^\/groups\/[^/]+\/members\b/i.test(path)) return 3
  return /^\/users$|\/(memberOf|transitiveMemberOf|getMemberGroups)\b/i.test(path) ? 2 : 1
}
