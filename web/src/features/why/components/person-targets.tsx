import SectionMessage from '@atlaskit/section-message'
import type { WhyPerson, WhyTarget } from '@rollcall/contract/api/why'
import { Fragment } from 'react'
import { useIntl } from 'react-intl'
import { Card } from '../../../components/card.tsx'
import { messages } from '../messages.ts'
import { AccountAnswer } from './account-answer.tsx'
import styles from './answer.module.css'
import { AttributeAnswer } from './attribute-answer.tsx'
import { MembershipAnswer } from './membership-answer.tsx'

/** One person of one provider, at every product. */
export function PersonTargets({ person }: { readonly person: WhyPerson }) {
  const intl = useIntl()
  const { userName, displayName, externalId, connection, active, targets } = person
  const facts = [displayName, externalId, active ? undefined : intl.formatMessage(messages.disabledPerson)]
  return (
    <Card
      title={intl.formatMessage(messages.personOf, { user: userName, connection: connection.name })}
      subtitle={<Facts facts={facts.filter((fact) => fact !== undefined)} />}
    >
      {targets.length === 0 && <p>{intl.formatMessage(messages.noTarget)}</p>}
      {targets.map((target) => (
        <AtTarget key={target.target.slug} answer={target} />
      ))}
    </Card>
  )
}

/** Names may run from right to left: each keeps to itself. */
function Facts({ facts }: { readonly facts: readonly string[] }) {
  return facts.map((fact, index) => (
    <Fragment key={fact}>
      {index > 0 && ' · '}
      <bdi>{fact}</bdi>
    </Fragment>
  ))
}

function AtTarget({ answer }: { readonly answer: WhyTarget }) {
  const intl = useIntl()
  const { target, problem, account, attributes, memberships } = answer
  return (
    <section className={styles.target}>
      <h3>{intl.formatMessage(messages.at, { target: target.name })}</h3>
      {problem && (
        <SectionMessage appearance="warning" title={intl.formatMessage(messages.cannotTell)}>
          <p>{problem.message}</p>
          <p>{problem.remedy}</p>
        </SectionMessage>
      )}
      {account && <AccountAnswer account={account} />}
      {attributes.length > 0 && <h4>{intl.formatMessage(messages.attributes)}</h4>}
      {attributes.map((attribute) => (
        <AttributeAnswer key={attribute.name} attribute={attribute} />
      ))}
      {!problem && <h4>{intl.formatMessage(messages.groups)}</h4>}
      {!problem && memberships.length === 0 && <p>{intl.formatMessage(messages.noGroups)}</p>}
      {memberships.map((membership) => (
        <MembershipAnswer key={membership.group} membership={membership} />
      ))}
    </section>
  )
}
