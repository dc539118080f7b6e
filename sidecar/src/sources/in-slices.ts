/** As many entries as a page of a reading holds at most. */
const mostEntries = 5000

/** Cuts a list into pieces that fit into one page of a reading. */
export function* inSlices<T>(list: readonly T[], size = mostEntries): Generator<readonly T[]> {
  if (list.length <= size) {
    if (list.length > 0) yield list
    return
  }
  for (let start = 0; start < list.length; start += size) yield list.slice(start, start + size)
}
