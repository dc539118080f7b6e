import { Configuration, type ConnectionEntry, type TargetEntry } from '@rollcall/contract/configuration'
import { Cron } from 'croner'
import type { TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { LineCounter, parseDocument } from 'yaml'
import { nameKey } from '../../identity/name-key.ts'
import { compilePolicy } from '../../planning/compile-policy.ts'
import { Problem, type ProblemDefinition } from '../../problem/problem.ts'
import { checkNotices } from './check-notices.ts'
import { configurationProblems as problems } from './configuration-problems.ts'
import { type Complaint, explainValue } from './explain-value.ts'
import { connectionSettings, kindsOfTarget, providersOf, targetSettings } from './known-kinds.ts'
import type { Path, Report } from './report.ts'
import { plainSecrets } from './secret-reference.ts'
import { slugOf } from './slug.ts'
import { unsupportedSwitches } from './unsupported-switches.ts'

export type ParsedConfiguration =
  | { readonly kind: 'valid'; readonly configuration: Configuration }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }

/** Reads a configuration file whole and reports everything wrong with it at once, each with its key and line. */
export function parseConfiguration(text: string): ParsedConfiguration {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const syntax = document.errors.map((error) => {
    const { line, col } = lines.linePos(error.pos[0])
    return new Problem(problems.configuration_syntax, `Line ${line}, column ${col}: ${error.message}.`)
  })
  if (syntax.length > 0) return { kind: 'invalid', problems: syntax }

  const lineOf = (path: Path) => {
    for (let depth = path.length; depth > 0; depth--) {
      const node = document.getIn(path.slice(0, depth), true)
      const range = typeof node === 'object' && node !== null && 'range' in node ? (node.range as [number]) : undefined
      if (range) return lines.linePos(range[0]).line
    }
    return 1
  }
  const report: Report = (definition, path, text, options = {}) =>
    new Problem(definition, `Line ${lineOf(path)}: ${text}`, {
      ...options,
      context: { path: `/${path.join('/')}`, line: lineOf(path) },
    })

  const value = Value.Default(Configuration, document.toJS() ?? {})
  const shape = explainValue(Configuration, value).map((complaint) => complaintProblem(complaint, report))
  if (shape.length > 0) return { kind: 'invalid', problems: shape }
  return checkMeaning(value as Configuration, report)
}

const complaintDefinition = {
  keyUnknown: problems.configuration_key_unknown,
  keyMissing: problems.configuration_key_missing,
  valueInvalid: problems.configuration_value_invalid,
}

const complaintProblem = ({ kind, path, text }: Complaint, report: Report) =>
  report(complaintDefinition[kind], path, `\`${path.join('.')}\` ${text}.`)

function checkMeaning(value: Configuration, report: Report): ParsedConfiguration {
  const targets = value.targets.map((entry, index) => checkTarget(entry, ['targets', index], report))
  const connections = value.connections.map((entry, index) =>
    checkConnection(entry, ['connections', index], value.targets, report),
  )
  const found = [
    ...repeatedNames(value.targets, 'targets', report),
    ...repeatedNames(value.connections, 'connections', report),
    ...targets.flatMap(({ problems }) => problems),
    ...connections.flatMap(({ problems }) => problems),
    ...checkNotices(value.notices, ['notices'], report),
  ]
  if (found.length > 0) return { kind: 'invalid', problems: found }
  const configuration = {
    ...value,
    targets: targets.map(({ entry }) => entry),
    connections: connections.map(({ entry }) => entry),
  }
  return { kind: 'valid', configuration }
}

function repeatedNames(
  entries: readonly { readonly name: string; readonly slug?: string }[],
  list: string,
  report: Report,
): Problem[] {
  return entries.flatMap((entry, index) => {
    const earlier = entries
      .slice(0, index)
      .find((other) => nameKey(other.name) === nameKey(entry.name) || slugOf(other) === slugOf(entry))
    if (!earlier) return []
    const text = `\`${entry.name}\` has the name or short name of another entry under \`${list}\`.`
    return [report(problems.configuration_name_taken, [list, index, 'name'], text)]
  })
}

interface Checked<Entry> {
  readonly entry: Entry
  readonly problems: readonly Problem[]
}

function checkTarget(entry: TargetEntry, path: Path, report: Report): Checked<TargetEntry> {
  const schema = targetSettings(entry.kind)
  if (schema) return checkSettings(entry, schema, path, report)
  const text = `\`${entry.kind}\` is not a kind of target; known: ${kindsOfTarget().join(', ')}.`
  return { entry, problems: [report(problems.configuration_kind_unknown, [...path, 'kind'], text)] }
}

function checkConnection(
  entry: ConnectionEntry,
  path: Path,
  targets: readonly TargetEntry[],
  report: Report,
): Checked<ConnectionEntry> {
  const schema = connectionSettings(entry.provider, entry.method)
  const common = [...checkSchedule(entry, path, report), ...checkPolicies(entry, path, targets, report)]
  if (schema) {
    const { entry: parsed, problems } = checkSettings(entry, schema, path, report)
    return { entry: parsed, problems: [...problems, ...common] }
  }
  const text = `\`${entry.provider}\` is not an identity provider of the method \`${entry.method}\`; known: ${providersOf(entry.method).join(', ')}.`
  return { entry, problems: [report(problems.configuration_provider_unknown, [...path, 'provider'], text), ...common] }
}

/** Settings with their defaults, or what is wrong with them; a secret must be a reference. */
function checkSettings<Entry extends { readonly settings: unknown }>(
  entry: Entry,
  schema: TSchema,
  path: Path,
  report: Report,
): Checked<Entry> {
  const settings = Value.Default(schema, structuredClone(entry.settings))
  const at = [...path, 'settings']
  const shape = explainValue(schema, settings, at).map((complaint) => complaintProblem(complaint, report))
  const secrets = plainSecrets(schema, settings, at).map((secret) =>
    report(problems.configuration_secret_literal, secret, `\`${secret.join('.')}\` is a secret in plain text.`),
  )
  return { entry: { ...entry, settings }, problems: [...shape, ...secrets] }
}

function checkSchedule(entry: ConnectionEntry, path: Path, report: Report): Problem[] {
  if (typeof entry.schedule === 'string') return []
  const { cron, timeZone } = entry.schedule
  try {
    if (cron.trim().split(/\s+/).length !== 5) throw new Error('a cron expression has five fields')
    new Cron(cron, { timezone: timeZone, paused: true }).nextRun()
    return []
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    return [report(problems.configuration_cron_invalid, [...path, 'schedule'], `\`schedule\` is not valid: ${reason}.`)]
  }
}

function checkPolicies(entry: ConnectionEntry, path: Path, targets: readonly TargetEntry[], report: Report): Problem[] {
  const seen = new Set<TargetEntry>()
  return entry.policies.flatMap((policy, index) => {
    const at = [...path, 'policies', index]
    const target = findByName(targets, policy.target)
    if (!target) {
      return [
        report(problems.configuration_target_unknown, [...at, 'target'], `There is no target \`${policy.target}\`.`),
      ]
    }
    if (seen.has(target)) {
      const text = `\`${entry.name}\` has a second policy for the target \`${target.name}\`.`
      return [report(problems.configuration_target_repeated, [...at, 'target'], text)]
    }
    seen.add(target)
    return [...policyProblems(policy, at, report), ...switchProblems(policy, target, at, report)]
  })
}

/** Better said now than as a finding of every run. */
function switchProblems(
  policy: ConnectionEntry['policies'][number],
  target: TargetEntry,
  at: Path,
  report: Report,
): Problem[] {
  return unsupportedSwitches(policy, target).map(({ path, reason }) => {
    const key = [...at, ...path]
    const text = `\`${key.join('.')}\` is not possible for the target \`${target.name}\`: ${reason}`
    return report(problems.configuration_switch_unsupported, key, text)
  })
}

/** Expressions and patterns are compiled now, so that a run never meets one that does not. */
function policyProblems(policy: ConnectionEntry['policies'][number], at: Path, report: Report): Problem[] {
  const { target: _, ...rules } = policy
  try {
    compilePolicy(rules)
    return []
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    const inner = typeof error.context.path === 'string' ? error.context.path.split('/').filter(Boolean) : []
    const key = inner.map((part) => (/^\d+$/.test(part) ? Number(part) : part))
    return [
      report(definitionOf(error), [...at, ...key], `\`${[...at, ...key].join('.')}\`: ${error.message}`, {
        cause: error,
      }),
    ]
  }
}

const definitionOf = ({ code, status, remedy }: Problem): ProblemDefinition => ({ code, status, remedy, meaning: '' })

/** The entry with this name or short name. */
export const findByName = <Entry extends { readonly name: string; readonly slug?: string }>(
  entries: readonly Entry[],
  name: string,
): Entry | undefined => entries.find((entry) => nameKey(entry.name) === nameKey(name) || slugOf(entry) === name)
