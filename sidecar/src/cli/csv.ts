/** One line of a file that a spreadsheet opens (RFC 4180). */
export const csvLine = (cells: readonly string[]): string => `${cells.map(csvCell).join(',')}\r\n`

/**
 * Names come from whoever has an account: a spreadsheet would take `=cmd(…)` for a formula and execute it. An apostrophe in
 * front of what begins one makes it text, as OWASP advises on CSV injection; a tab or a line break could hide the beginning.
 */
function csvCell(text: string): string {
  const safe = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
