import '../../http/route-audit.ts'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { ConfigurationReport, ConfigurationText } from '@rollcall/contract/api/connections'
import type { Kysely } from 'kysely'
import Type from 'typebox'
import { problemView } from '../../http/answer-problems.ts'
import type { Instant } from '../../identity/ids.ts'
import type { Tables } from '../../store/tables.ts'
import { applyConfiguration } from './apply-configuration.ts'
import { effectsOf } from './configuration-effects.ts'
import { exportConfiguration } from './export-configuration.ts'
import { parseConfiguration } from './parse-configuration.ts'
import { readConfiguration } from './stored-configuration.ts'

interface Options {
  readonly db: Kysely<Tables>
  readonly now: () => Instant
  /** Called after a configuration was stored: schedules and opened connections are renewed. */
  readonly applied: () => Promise<void>
}

const Prune = Type.Object({ prune: Type.Boolean({ default: false }) }, { additionalProperties: false })

/** Configuration as code: validate, apply, export. */
export const configurationRoutes: FastifyPluginAsyncTypebox<Options> = async (app, { db, now, applied }) => {
  app.post(
    '/configuration/validate',
    {
      schema: {
        summary: 'What is wrong with a configuration file, or what applying it would do',
        body: ConfigurationText,
        querystring: Prune,
        response: { 200: ConfigurationReport },
      },
      bodyLimit: 4_000_000,
      config: { audit: 'nothing' },
    },
    async (request) => {
      const parsed = parseConfiguration(request.body.text)
      if (parsed.kind === 'invalid') return { ok: false, problems: parsed.problems.map(problemView), effects: [] }
      const stored = await readConfiguration(db)
      const effects = effectsOf(stored, parsed.configuration, request.body.fileName, request.query.prune)
      return { ok: true, problems: [], effects: effects.map(({ text }) => text) }
    },
  )

  app.post(
    '/configuration',
    {
      schema: {
        summary: 'Apply a configuration file',
        body: ConfigurationText,
        querystring: Prune,
        response: { 200: ConfigurationReport, 422: ConfigurationReport },
      },
      bodyLimit: 4_000_000,
      config: { audit: { action: 'configuration.apply', keep: ['fileName', 'prune'] } },
    },
    async (request, reply) => {
      const parsed = parseConfiguration(request.body.text)
      if (parsed.kind === 'invalid') {
        return reply.code(422).send({ ok: false, problems: parsed.problems.map(problemView), effects: [] })
      }
      const options = { file: request.body.fileName, prune: request.query.prune, now: now() }
      const before = await exportConfiguration(db)
      const effects = await applyConfiguration(db, parsed.configuration, options)
      request.audited = { before, after: await exportConfiguration(db) }
      await applied()
      return { ok: true, problems: [], effects: effects.map(({ text }) => text) }
    },
  )

  app.get(
    '/configuration',
    { schema: { summary: 'The configuration as a file; secrets are references', response: { 200: Type.String() } } },
    async (_request, reply) => reply.type('application/yaml').send(await exportConfiguration(db)),
  )
}
