import type { Attributes } from '../../identity/identity.ts'
import type { AccountKey } from '../../identity/ids.ts'
import type { Target } from '../target.ts'
import type { Throttling } from '../throttling.ts'

/** What the product is like when a test begins; it always has the account that the target signs in with. */
export interface Situation {
  readonly accounts?: readonly { readonly name: string; readonly displayName?: string; readonly active?: boolean }[]
  readonly groups?: readonly { readonly name: string; readonly members: readonly string[] }[]
  /** Every user directory refuses writes. */
  readonly readOnly?: boolean
  /** No seat of the licence is left. */
  readonly licenceFull?: boolean
  /** So few requests are allowed at once that throttling is certain to be met by twenty. */
  readonly throttled?: boolean
  readonly onThrottled?: (throttling: Throttling) => void
}

/** The product itself, past every rule and interface: to look, and to change things behind the target's back. */
export interface Product {
  accountNamed(name: string): { readonly key: AccountKey; readonly name: string; readonly active: boolean } | undefined
  membersOf(group: string): readonly string[]
  groupExists(name: string): boolean
  attributesOf(name: string): unknown
  emailOf(name: string): string
  rename(name: string, newName: string): void
  remove(name: string): void
  removeGroup(name: string): void
  join(group: string, name: string): void
  leave(group: string, name: string): void
  /** Present where a deactivation ends web sessions; opens one and says later whether it is still good. */
  openSession?(name: string): Promise<{ isOpen(): Promise<boolean> }>
}

export interface Subject {
  readonly target: Target
  readonly product: Product
  /** Also fails where something was sent that the product's description does not allow. */
  close(): Promise<void>
}

export interface Conformity {
  open(situation: Situation): Promise<Subject>
  /** Numbers of accounts around the ends of pages and caps of this product. */
  readonly accountCounts: readonly number[]
  /** Numbers of members of one group around the ends of pages. */
  readonly memberCounts: readonly number[]
  /** User names that the product must refuse. */
  readonly illegalNames: readonly string[]
  /** User names that it must take; `anyUserNames` without it. */
  readonly legalNames?: readonly string[]
  /** Group names that it must take; `anyGroupNames` without it. */
  readonly legalGroupNames?: readonly string[]
  /** Group names that it must refuse. */
  readonly illegalGroupNames?: readonly string[]
  /** False where a single account is shown without its e-mail; true without it. */
  readonly tellsEmails?: boolean
  /** False where no account can be made without a free seat; true without it. */
  readonly createsWithoutSeat?: boolean
  /** False where nothing tells how many seats are left; true without it. */
  readonly tellsSeats?: boolean
  /** False where the target signs in as an application, which is no account; true without it. */
  readonly signsInAsAccount?: boolean
  /** False where the interface does not tell the release; true without it. */
  readonly tellsVersion?: boolean
  /** False where a new account is called what its person or the product likes; true without it. */
  readonly choosesDisplayNames?: boolean
  /** False where no user directory can refuse writes; true without it. */
  readonly hasDirectories?: boolean
  /** Attributes as the product keeps them; as they are without it. */
  readonly kept?: (attributes: Attributes) => unknown
}

/** Names of every kind that breaks careless code. */
export const anyUserNames = [
  'ärger@example.com',
  '山田太郎',
  "o'neil+test",
  'a%2fb/c?d=e#f',
  'dotted.i.İstanbul',
  'x'.repeat(255),
] as const
export const anyGroupNames = ['Ä & Ö / 50%', '研究 <R&D>', 'a+b c', 'g'.repeat(255)] as const
