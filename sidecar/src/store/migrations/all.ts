import { foundation } from './0001-foundation.ts'
import { scim } from './0002-scim.ts'
import { undo } from './0003-undo.ts'
import { targets } from './0004-targets.ts'
import { audit } from './0005-audit.ts'
import { notices } from './0006-notices.ts'
import { limits } from './0007-limits.ts'
import { signIns } from './0008-sign-ins.ts'
import { scimDelivery } from './0009-scim-delivery.ts'
import { why } from './0017-why.ts'
import { scimAnswers } from './0018-scim-answers.ts'
import { baseline } from './0019-baseline.ts'
import type { Migration } from './migration.ts'

/** Every step in order; a new one is appended. */
export const migrations: readonly Migration[] = [
  foundation,
  scim,
  undo,
  targets,
  audit,
  notices,
  limits,
  signIns,
  scimDelivery,
  why,
  scimAnswers,
  baseline,
]
