import { defineProblems } from '../problem/problem.ts'

export const scimAdminProblems = defineProblems({
  connection_not_pushed: {
    status: 409,
    meaning:
      'The connection reads its identity provider: it has no SCIM address, no SCIM tokens and no provisioning log.',
    remedy: 'Name a connection whose method is `scim`.',
  },
  scim_address_local: {
    status: 503,
    meaning: 'No public listener is configured, so identity providers elsewhere cannot push to the connection.',
    remedy: 'Set ROLLCALL_PUBLIC_LISTEN and ROLLCALL_PUBLIC_URL; docs/running.md describes both.',
  },
  scim_token_missing: {
    status: 503,
    meaning: 'A connection that its identity provider pushes into has no valid token, so every push is refused.',
    remedy: 'Make a token with `rollcall token create NAME --connection CONNECTION` and enter it at the provider.',
  },
  scim_token_expiring: {
    status: 503,
    meaning: 'Every valid SCIM token of a connection ends within 30 days; afterwards its pushes are refused.',
    remedy: 'Rotate the token with `rollcall token rotate` and enter the new one at the provider.',
  },
})
