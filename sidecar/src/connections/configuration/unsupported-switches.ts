import { type Policy, UserPolicy } from '@rollcall/contract/policy'
import { Value } from 'typebox/value'
import { type PolicyPart, policyLimit } from '../../targets/policy-limits.ts'

/** A switch of a policy that its target cannot honour. */
export interface UnsupportedSwitch {
  readonly path: readonly string[]
  readonly reason: string
}

interface Switch {
  readonly part: PolicyPart
  readonly path: readonly string[]
  readonly isOn: boolean
}

/** What a policy asks of a kind of target that it can never do, with the settings that it has. */
export function unsupportedSwitches(
  policy: Policy,
  target: { readonly kind: string; readonly settings: unknown },
): readonly UnsupportedSwitch[] {
  return switchesOf(policy).flatMap(({ part, path, isOn }) => {
    const limit = isOn ? policyLimit(target.kind, part, target.settings) : undefined
    return limit === undefined ? [] : [{ path, reason: limit.reason }]
  })
}

function switchesOf({ users, groups }: Policy): readonly Switch[] {
  const { expression, pattern } = users.userName
  return [
    { part: 'leads', path: ['users', 'defaultProjectLead'], isOn: users.defaultProjectLead !== undefined },
    { part: 'leads', path: ['users', 'defaultComponentLead'], isOn: users.defaultComponentLead !== undefined },
    { part: 'customAttributes', path: ['users', 'customAttributes'], isOn: users.customAttributes.length > 0 },
    { part: 'userName', path: ['users', 'userName', 'expression'], isOn: expression !== defaultUserName },
    { part: 'userName', path: ['users', 'userName', 'pattern'], isOn: pattern !== undefined },
    { part: 'nameSuffix', path: ['users', 'recycledName'], isOn: users.recycledName === 'suffix' },
    {
      part: 'nativeNesting',
      path: ['groups', 'nesting'],
      isOn: groups.mode !== 'off' && groups.nesting === 'native',
    },
  ]
}

/** Left at its default nobody asked for anything. */
const defaultUserName = Value.Parse(UserPolicy, Value.Default(UserPolicy, {})).userName.expression
