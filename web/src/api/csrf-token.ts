let token: string | undefined

/** Kept in memory only: the session itself is a cookie that no script can read. */
export function setCsrfToken(value: string | undefined): void {
  token = value
}

export const csrfHeader = (): Record<string, string> => (token ? { 'x-rollcall-csrf': token } : {})
