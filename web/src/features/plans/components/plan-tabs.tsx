import Tab from '@atlaskit/tabs/tab'
import TabList from '@atlaskit/tabs/tab-list'
import TabPanel from '@atlaskit/tabs/tab-panel'
import Tabs from '@atlaskit/tabs/tabs'
import type { PlanView } from '@rollcall/contract/api/plans'
import { useIntl } from 'react-intl'
import { messages } from '../messages.ts'
import { countOf } from '../plan-numbers.ts'
import { FindingList } from './finding-list.tsx'
import { OperationExplorer } from './operation-explorer.tsx'
import styles from './plan-tabs.module.css'

/** Every change, and everything that could not become one. */
export function PlanTabs({ plan }: { readonly plan: PlanView }) {
  const intl = useIntl()
  const findings = Object.values(plan.findings).reduce((total, number) => total + number, 0)
  return (
    <Tabs id="plan" shouldUnmountTabPanelOnChange>
      <TabList>
        <Tab>{intl.formatMessage(messages.changes, { count: countOf(plan.counts, []) })}</Tab>
        <Tab>{intl.formatMessage(messages.findings, { count: findings })}</Tab>
      </TabList>
      <TabPanel>
        <div className={styles.panel}>
          <OperationExplorer plan={plan} />
        </div>
      </TabPanel>
      <TabPanel>
        <div className={styles.panel}>
          <FindingList plan={plan} />
        </div>
      </TabPanel>
    </Tabs>
  )
}
