/** What no schema foresees, in one place: put where a client would put something sensible. */
export const hostileTexts: readonly string[] = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '\u202e\ufeff',
  'é'.normalize('NFD'),
  'ß'.repeat(300),
  '%',
  "'; drop table scim_user; --",
  '" or "1" eq "1',
  '${jndi:ldap://x}',
  '../../etc/passwd',
  '__proto__',
  'constructor',
  'prototype',
  'bulkId:x',
  'bulkId:',
  'null',
  'True',
  '9'.repeat(400),
  'a'.repeat(5_000),
  '[value eq "',
  'members[value eq "x"]',
  'emails[type eq "work"].value',
  'emails[].value',
  'urn:ietf:params:scim:schemas:core:2.0:User',
  'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager',
  'urn:x:y:2.0:User:a.b',
  '2026-13-45T99:99:99Z',
]

export const hostileValues: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e308,
  Number.MAX_SAFE_INTEGER + 2,
  [],
  {},
  [[]],
  [null],
  [{}],
  [{ value: null }],
  [{ value: { value: 'deep' } }],
  { value: [] },
  { toString: 'x', hasOwnProperty: 1 },
  { length: 1e9 },
  nested(200),
  ...hostileTexts,
]

/** Written as text: `__proto__` in a literal would set the prototype instead of a member. */
export const hostileJson: readonly string[] = [
  '{"__proto__":{"polluted":true}}',
  '{"constructor":{"prototype":{"polluted":true}}}',
  '{"userName":"x","userName":"y","USERNAME":"z"}',
  `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
  `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`,
  '{"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"x","a":1e999}',
  'nul',
  '"text"',
  '1',
  '[]',
  'true',
  '{',
  '\ufeff{}',
  'userName=x&active=true',
  '<user/>',
]

function nested(depth: number): unknown {
  let value: unknown = 'bottom'
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value }
  return value
}
