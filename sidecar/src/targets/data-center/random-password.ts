import { randomBytes } from 'node:crypto'

/** For an account whose people sign in elsewhere: 32 random bytes that nobody learns, with what password rules ask for. */
export const randomPassword = (): string => `${randomBytes(32).toString('base64url')}aA1!`
