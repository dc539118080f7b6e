/** Rows of one transaction: long enough to be cheap, short enough for everybody else to wait. */
export const pieceSize = 1000

/** Calls `write` with at most a thousand items at a time, and not at all for none. */
export async function inPieces<T>(
  items: readonly T[],
  write: (piece: readonly T[]) => Promise<unknown>,
): Promise<void> {
  for (let at = 0; at < items.length; at += pieceSize) await write(items.slice(at, at + pieceSize))
}
