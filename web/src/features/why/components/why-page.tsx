import EmptyState from '@atlaskit/empty-state'
import type { WhyView } from '@rollcall/contract/api/why'
import { useIntl } from 'react-intl'
import { Loaded } from '../../../components/loaded.tsx'
import { PageHeader } from '../../../components/page-header.tsx'
import { useWhy } from '../api/why.ts'
import { messages } from '../messages.ts'
import { OtherAccount } from './other-account.tsx'
import { PersonTargets } from './person-targets.tsx'
import { WhyForm } from './why-form.tsx'

interface Props {
  readonly user: string | undefined
  readonly group: string | undefined
}

/** Ask about a person, and the answer. */
export function WhyPage({ user, group }: Props) {
  const intl = useIntl()
  const title = user === undefined ? messages.title : messages.titleOf
  return (
    <>
      <PageHeader title={intl.formatMessage(title, { user })} subtitle={intl.formatMessage(messages.subtitle)} />
      <WhyForm user={user} group={group} />
      {user !== undefined && <Answer user={user} group={group} />}
    </>
  )
}

function Answer({ user, group }: { readonly user: string; readonly group: string | undefined }) {
  return <Loaded query={useWhy(user, group)}>{(view) => <Found view={view} />}</Loaded>
}

function Found({ view }: { readonly view: WhyView }) {
  const intl = useIntl()
  const { user, people, accounts } = view
  return (
    <>
      {people.length === 0 && (
        <EmptyState
          header={intl.formatMessage(messages.nobody, { user })}
          headingLevel={2}
          description={intl.formatMessage(accounts.length === 0 ? messages.nobodyText : messages.nobodyButAccounts)}
        />
      )}
      {people.map((person) => (
        <PersonTargets key={`${person.connection.slug} ${person.externalId}`} person={person} />
      ))}
      {accounts.map((account) => (
        <OtherAccount key={`${account.target.slug} ${account.name}`} account={account} />
      ))}
    </>
  )
}
