/**
 * The import rules of the sidecar: `identity` < `planning` < {`sources`, `targets`, `state`} < {`connections`, `runs`} < `app`.
 * A folder may import what stands before it, never what stands after or beside it.
 */
const below = (name, path, allowed) => ({
  name,
  severity: 'error',
  from: { path: `^sidecar/src/${path}/`, pathNot: '\\.test\\.ts$' },
  to: { path: '^sidecar/src/', pathNot: `^sidecar/src/(${allowed.join('|')})` },
})

export default {
  forbidden: [
    below('identity-imports-nothing-of-ours', 'identity', ['identity/']),
    below('planning-is-pure', 'planning', ['identity/', 'planning/', 'problem/']),
    below('store-knows-no-capability', 'store', ['store/', 'identity/', 'problem/']),
    below('scim-protocol-is-pure', 'scim-protocol', ['identity/', 'scim-protocol/', 'problem/']),
    below('state-knows-planning-and-store', 'state', [
      'identity/',
      'planning/',
      'scim-protocol/',
      'state/',
      'store/',
      'problem/',
    ]),
    below('scim-serves-what-is-stored', 'scim', [
      'identity/',
      'planning/',
      'scim-protocol/',
      'scim/',
      'state/',
      'store/',
      'access/',
      'connections/',
      'http/',
      'outgoing/',
      'problem/',
    ]),
    below('sources-know-no-target', 'sources', ['identity/', 'planning/', 'sources/', 'outgoing/', 'problem/']),
    below('targets-know-no-source', 'targets', ['identity/', 'planning/', 'targets/', 'outgoing/', 'problem/']),
    below('http-knows-no-capability', 'http', ['http/', 'problem/']),
    below('access-is-its-own', 'access', ['access/', 'http/', 'identity/', 'problem/', 'store/']),
    below('audit-records', 'audit', ['access/', 'audit/', 'http/', 'identity/', 'problem/', 'state/', 'store/']),
    below('connections-do-not-run', 'connections', [
      'identity/',
      'planning/',
      'sources/',
      'targets/',
      'state/',
      'store/',
      'connections/',
      'http/',
      'outgoing/',
      'problem/',
    ]),
    below('runs-are-below-the-app', 'runs', [
      'identity/',
      'planning/',
      'sources/',
      'targets/',
      'state/',
      'store/',
      'access/',
      'connections/',
      'http/',
      'runs/',
      'problem/',
      'version',
    ]),
    {
      name: 'planning-has-no-world',
      comment: 'No clock, network, store or file in the pure middle.',
      severity: 'error',
      from: { path: '^sidecar/src/(identity|planning|scim-protocol)/', pathNot: '\\.test\\.ts$' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'product-never-imports-its-tests',
      severity: 'error',
      from: { path: '^(sidecar|web)/', pathNot: '\\.test\\.tsx?$|/testing/' },
      to: { path: '^test/' },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // A package of its own, outside the workspace: the servers that the SCIM bench compares with, installed by that bench.
    exclude: { path: '^test/bench/scim/peers/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'types'] },
  },
}
