import { defineProblems } from '../problem/problem.ts'

/** What can be wrong with a policy or a provisioning scope. Context: `{ path, position }`, the latter a character of that value. */
export const planningProblems = defineProblems({
  expression_syntax: {
    status: 422,
    meaning: 'A CEL expression of a policy cannot be parsed.',
    remedy: 'Correct the expression at the named character.',
  },
  expression_type: {
    status: 422,
    meaning: 'A CEL expression of a policy combines values that do not go together, or yields the wrong kind of value.',
    remedy: 'Correct the expression at the named character; conditions yield true or false, everything else text.',
  },
  expression_refused: {
    status: 422,
    meaning: 'A CEL expression of a policy could run too long: it nests too deeply, or uses `matches`.',
    remedy: 'Simplify the expression; use matchesRe2(text, "pattern") instead of matches.',
  },
  pattern_syntax: {
    status: 422,
    meaning: 'A regular expression of a policy is not valid RE2 syntax.',
    remedy: 'Correct the pattern; RE2 has no look-around and no back-references.',
  },
  replacement_syntax: {
    status: 422,
    meaning: 'A replacement names a group that its pattern does not have.',
    remedy: 'Use $1, $2 and so on for the groups in parentheses, and \\$ for a dollar sign.',
  },
  scope_entry_unmatched: {
    status: 409,
    meaning: 'A group or application of the provisioning scope is not known at the identity provider.',
    remedy: 'Correct the name or id under `scope`, or remove the entry.',
  },
  scope_entry_ambiguous: {
    status: 409,
    meaning: 'A name in the provisioning scope belongs to several groups or applications of the identity provider.',
    remedy: 'Give the id under `scope` instead of the name.',
  },
})
