import { type DestinationStream, type Logger, pino } from 'pino'

/**
 * JSON lines on standard output. What could carry a credential is removed wherever it stands, on top of the rule that
 * nobody logs one.
 */
export const createServiceLog = (level: string, destination?: DestinationStream): Logger =>
  pino(
    {
      level,
      base: { service: 'rollcall' },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: ['req.headers', 'headers', '*.authorization', '*.cookie', '*.token', '*.clientSecret', '*.password'],
        remove: true,
      },
    },
    ...(destination ? [destination] : []),
  )
