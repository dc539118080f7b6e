import type { NameKey } from './ids.ts'

/**
 * The comparable form of a user name, group name or e-mail: trimmed, NFC, lower case independent of locale.
 * Every comparison of names in the product goes through it, because databases and products fold differently.
 */
export const nameKey = (name: string): NameKey => name.trim().normalize('NFC').toLowerCase() as NameKey
