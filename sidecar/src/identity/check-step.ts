/** One step of `check`: what was tried, whether it works, what to do if it does not. */
export interface CheckStep {
  readonly step: string
  readonly ok: boolean
  readonly detail: string
  /** Present when `ok` is false. */
  readonly problem?: { readonly code: string; readonly remedy: string }
}
