import { defineProblems } from '../../problem/problem.ts'

/** What means the same for whatever product it happens in. */
export const dataCenterProblems = defineProblems({
  inherited_member: {
    status: 409,
    meaning: 'The account is a member through a nested group, so the membership cannot be removed from this group.',
    remedy: 'Remove the account from the subgroup, or take the subgroup out of the group in the product.',
  },
  product_cannot: {
    status: 409,
    meaning: 'The product has no call for what was wanted of it; the message says which way there is round it.',
    remedy: 'Go the way that the message names, or switch the wish off in the policy.',
  },
})
