export interface LoggedRequest {
  readonly method: string
  /** Without context path and query. */
  readonly path: string
  readonly query: string
  /** 0 until answered, and for ever where the connection was dropped. */
  status: number
}

export type RequestLog = ReturnType<typeof createRequestLog>

/** Every request is counted; the latest ones are kept whole. */
export function createRequestLog(contextPath: string, keep = 50_000) {
  const counts = new Map<string, number>()
  let kept: LoggedRequest[] = []

  return {
    begin(method: string, url: string): LoggedRequest {
      const at = url.indexOf('?')
      const path = (at < 0 ? url : url.slice(0, at)).slice(contextPath.length)
      const request: LoggedRequest = { method, path, query: at < 0 ? '' : url.slice(at + 1), status: 0 }
      counts.set(`${method} ${path}`, (counts.get(`${method} ${path}`) ?? 0) + 1)
      if (kept.length >= keep * 2) kept = kept.slice(-keep)
      kept.push(request)
      return request
    },
    /** The latest requests, oldest first. */
    latest: (): readonly LoggedRequest[] => kept.slice(-keep),
    /** How many requests had a `METHOD /path` that matches; all without it. */
    count(match = /^/): number {
      let sum = 0
      for (const [call, times] of counts) if (match.test(call)) sum += times
      return sum
    },
    clear(): void {
      counts.clear()
      kept = []
    },
  }
}
