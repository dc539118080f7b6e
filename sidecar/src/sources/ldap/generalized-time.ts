/** `20261122180000Z`, with or without fractions and minutes (RFC 4517 3.3.13); `undefined` for what is none. */
export function timeOf(text: string): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)?(\d\d)?(?:[.,]\d+)?(Z|[+-]\d\d(?:\d\d)?)$/.exec(text)
  if (!parts) return undefined
  const [, year, month, day, hour, minute = '00', second = '00', zone = 'Z'] = parts
  const offset = zone === 'Z' ? 'Z' : `${zone.slice(0, 3)}:${zone.slice(3) || '00'}`
  // A leap second is no time of JavaScript's.
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second === '60' ? '59' : second}${offset}`)
  return Number.isNaN(time) ? undefined : time
}

export const generalizedTime = (time: number): string =>
  `${new Date(time).toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`
