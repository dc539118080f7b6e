import { Value } from 'typebox/value'
import { Problem } from '../problem/problem.ts'
import { bitbucketTarget } from './bitbucket/bitbucket-target.ts'
import { confluenceTarget } from './confluence/confluence-target.ts'
import { crowdTarget } from './crowd/crowd-target.ts'
import { jiraTarget } from './jira/jira-target.ts'
import { jiraCloudTarget } from './jira-cloud/jira-cloud-target.ts'
import type { Target, TargetKind } from './target.ts'
import { targetProblems } from './target-problems.ts'
import type { OpenOptions } from './throttling.ts'

/** One folder and one line for each kind of target, which takes settings of its own schema. */
export const targetKinds = {
  [jiraTarget.kind]: jiraTarget,
  [confluenceTarget.kind]: confluenceTarget,
  [bitbucketTarget.kind]: bitbucketTarget,
  [crowdTarget.kind]: crowdTarget,
  [jiraCloudTarget.kind]: jiraCloudTarget,
} as Readonly<Record<string, TargetKind<unknown>>>

/** Settings come from a file or a form; their secrets are resolved, nobody downstream sees them unparsed. */
export function openTarget(kind: string, settings: unknown, options: OpenOptions = {}): Target {
  const target = Object.hasOwn(targetKinds, kind) ? targetKinds[kind] : undefined
  if (!target) throw new Problem(targetProblems.target_kind_unknown, `There is no kind of target called ${kind}.`)
  const complete = Value.Default(target.settings, Value.Clone(settings))
  if (Value.Check(target.settings, complete)) return target.open(complete, options)
  const path = Value.Errors(target.settings, complete)[0]?.instancePath || '/'
  throw new Problem(targetProblems.target_settings_invalid, `The settings of the target are wrong at ${path}.`, {
    context: { path },
  })
}
