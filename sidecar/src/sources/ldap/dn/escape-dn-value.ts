/** The value of an attribute as it is written in a distinguished name (RFC 4514 2.4). */
export function escapeDnValue(value: string): string {
  const escaped = value.replace(/[\\,+"<>;=]/g, '\\$&').replaceAll('\0', '\\00')
  const last = escaped.length - 1
  if (escaped === ' ') return '\\ '
  const headed = /^[ #]/.test(escaped) ? `\\${escaped}` : escaped
  return last > 0 && escaped.endsWith(' ') ? `${headed.slice(0, -1)}\\ ` : headed
}
