/** The numbers of a JSON array as `Dialect.arrayOf` gives it, ascending; an aggregate over no rows is `null` or `[]`. */
export function numbersOf<T extends number>(json: string | null): T[] {
  const numbers: T[] = json === null ? [] : JSON.parse(json)
  // SQLite follows its index, so there is nearly never anything to sort, and looking is cheaper.
  return isAscending(numbers) ? numbers : numbers.sort((a, b) => a - b)
}

function isAscending(numbers: readonly number[]): boolean {
  let before = Number.NEGATIVE_INFINITY
  for (const number of numbers) {
    if (number < before) return false
    before = number
  }
  return true
}
