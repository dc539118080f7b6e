import type { UnboundGroupPage, UnclaimedPage } from '@rollcall/contract/api/targets'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { keys } from '../../../api/query-keys.ts'
import { request } from '../../../api/request.ts'

const pageSize = 100

/** Accounts or groups of a product that nobody here manages, page by page. */
const usePages = <Page extends UnclaimedPage | UnboundGroupPage>(slug: string, what: string, search: string) =>
  useInfiniteQuery({
    queryKey: keys.unclaimed(slug, what, search),
    queryFn: ({ pageParam, signal }) =>
      request<Page>(`/targets/${encodeURIComponent(slug)}/${what}?${queryOf(search, pageParam)}`, { signal }),
    initialPageParam: 0,
    getNextPageParam: (last) => last.nextAfter,
    placeholderData: keepPreviousData,
  })

export const useUnclaimed = (slug: string, search: string) => usePages<UnclaimedPage>(slug, 'unclaimed', search)

export const useUnboundGroups = (slug: string, search: string) =>
  usePages<UnboundGroupPage>(slug, 'unbound-groups', search)

const queryOf = (search: string, after: number): URLSearchParams =>
  new URLSearchParams({ limit: String(pageSize), after: String(after), ...(search !== '' && { search }) })
