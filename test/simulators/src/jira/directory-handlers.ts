import { ok, page } from '../data-center/answer.ts'
import type { Directory } from '../data-center/directory.ts'
import type { Handler } from './call.ts'

/** Undocumented; Jira wraps the list as `directories` (Data Center, directories). */
const directoryBean = ({ id, name }: Directory) => ({
  id,
  name,
  synchronisation: { currentStartTime: 0, currentDuration: 0, lastStartTime: 0, lastDuration: 0, syncStatus: '' },
})

export const listDirectories: Handler = ({ jira }) => ok({ directories: jira.directories.map(directoryBean) })

export const getDirectory: Handler = ({ jira, parameters }) => {
  const directory = jira.directories.find((each) => String(each.id) === parameters.id)
  return directory ? ok(directoryBean(directory)) : page(404, 'Not Found')
}
