import type { Operation } from '../data-center/operation.ts'

/**
 * Who may call an operation of the site: anybody; who has access to Jira; who may browse users and groups; who administers
 * Jira; who administers the site (Jira Cloud REST and the description of each operation).
 */
export type CloudAccess = 'anyone' | 'user' | 'browse' | 'admin' | 'siteAdmin'

export interface CloudOperation extends Omit<Operation, 'access' | 'method'> {
  readonly method: Operation['method'] | 'PATCH'
  readonly access: CloudAccess
}
