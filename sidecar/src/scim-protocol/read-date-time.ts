const pattern = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}(?::\d{2})?)(?:\.(\d{1,18}))?(Z|[+-]\d{2}:?\d{2})?$/i

/** UTC milliseconds of an xsd:dateTime with any offset and fraction; without an offset it is UTC. Undefined for anything else. */
export function readDateTime(text: string): number | undefined {
  const match = pattern.exec(text)
  if (match === null) return undefined
  const [, date, time, fraction = '', offset = 'Z'] = match
  const read = Date.parse(
    `${date}T${time}${time?.length === 5 ? ':00' : ''}.${fraction.padEnd(3, '0').slice(0, 3)}${offsetOf(offset)}`,
  )
  return Number.isNaN(read) ? undefined : read
}

/** `Z` or `+hh:mm`: the two forms that `Date.parse` takes. */
const offsetOf = (offset: string): string =>
  offset.length === 5 ? `${offset.slice(0, 3)}:${offset.slice(3)}` : offset.toUpperCase()
