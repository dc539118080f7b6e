import { FormattedNumber, useIntl } from 'react-intl'
import { ResponsiveTable } from '../../../components/responsive-table.tsx'
import { useUnboundGroups } from '../api/unclaimed.ts'
import { messages } from '../messages.ts'
import { FoundPages } from './found-pages.tsx'

/** Groups that no connection is tied to, with how many are in them. */
export function UnboundGroups({ slug, search }: { readonly slug: string; readonly search: string }) {
  const intl = useIntl()
  const query = useUnboundGroups(slug, search)
  const groups = query.data?.pages.flatMap((page) => page.groups) ?? []
  return (
    <FoundPages query={query} count={messages.groupMatches}>
      <ResponsiveTable
        caption={intl.formatMessage(messages.groupsTab)}
        columns={[
          { key: 'name', header: intl.formatMessage(messages.name), isRowHeader: true },
          { key: 'members', header: intl.formatMessage(messages.members), isNumber: true },
        ]}
        rows={groups.map(({ id, name, members }) => ({
          key: id,
          cells: { name, members: <FormattedNumber value={members} /> },
        }))}
      />
    </FoundPages>
  )
}
