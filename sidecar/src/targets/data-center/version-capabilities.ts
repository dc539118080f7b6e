import type { Capabilities } from '../../planning/capabilities.ts'

/** What one supported release of a product can do as it comes: a column of the capability matrix in the documentation. */
export interface VersionCapabilities {
  readonly product: string
  readonly version: string
  readonly capabilities: Capabilities
}
