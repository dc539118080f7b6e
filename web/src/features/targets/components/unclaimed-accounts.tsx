import Lozenge from '@atlaskit/lozenge'
import type { UnclaimedAccount } from '@rollcall/contract/api/targets'
import { type IntlShape, useIntl } from 'react-intl'
import { RelativeTime } from '../../../components/relative-time.tsx'
import { ResponsiveTable } from '../../../components/responsive-table.tsx'
import { useUnclaimed } from '../api/unclaimed.ts'
import { messages } from '../messages.ts'
import { FoundPages } from './found-pages.tsx'

/** Accounts that nobody here manages, with when somebody last signed in to them. */
export function UnclaimedAccounts({ slug, search }: { readonly slug: string; readonly search: string }) {
  const intl = useIntl()
  const query = useUnclaimed(slug, search)
  const accounts = query.data?.pages.flatMap((page) => page.accounts) ?? []
  return (
    <FoundPages query={query} count={messages.accountMatches}>
      <ResponsiveTable
        caption={intl.formatMessage(messages.accountsTab)}
        columns={[
          { key: 'name', header: intl.formatMessage(messages.name), isRowHeader: true, isWide: true },
          { key: 'displayName', header: intl.formatMessage(messages.displayName) },
          { key: 'email', header: intl.formatMessage(messages.email) },
          { key: 'state', header: intl.formatMessage(messages.state) },
          { key: 'lastSignIn', header: intl.formatMessage(messages.lastSignIn) },
        ]}
        rows={accounts.map((account) => ({ key: account.id, cells: cellsOf(intl, account) }))}
      />
    </FoundPages>
  )
}

const cellsOf = (intl: IntlShape, { name, displayName, email, active, lastSignInAt, own }: UnclaimedAccount) => ({
  name,
  displayName: own ? `${displayName} (${intl.formatMessage(messages.own)})` : displayName,
  email: email ?? intl.formatMessage(messages.notTold),
  state: (
    <Lozenge appearance={active ? 'success' : 'default'}>
      {intl.formatMessage(active ? messages.active : messages.inactive)}
    </Lozenge>
  ),
  lastSignIn: lastSignInAt === undefined ? intl.formatMessage(messages.notTold) : <RelativeTime at={lastSignInAt} />,
})
