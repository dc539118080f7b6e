import type { Capability } from '../../planning/capabilities.ts'
import { TargetError } from '../target-error.ts'
import { dataCenterProblems } from './data-center-problems.ts'

export type Inability = Extract<Capability, { readonly able: false }>

export const inability = (reason: string): Inability => ({ able: false, reason })

/** The failure of every call that the capabilities declare impossible. */
export const notAble = ({ reason }: Inability) => new TargetError(dataCenterProblems.product_cannot, 'denied', reason)
