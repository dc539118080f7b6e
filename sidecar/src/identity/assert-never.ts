/** Ends every `switch` over a union: a kind that nobody handled does not compile. */
export function assertNever(value: never): never {
  throw new TypeError(`unhandled kind: ${JSON.stringify(value)}`)
}
