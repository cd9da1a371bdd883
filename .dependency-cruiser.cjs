/** Who may import whom. A rule's comment is its reason; `npm run check:architecture` and a test hold the code to it. */
const room = (name) => `^src/${name}/`;

module.exports = {
  forbidden: [
    {
      name: 'no-value-cycles',
      comment: 'A cycle of values makes load order matter. Types may refer to each other freely.',
      severity: 'error',
      from: { pathNot: '\\.model\\.ts$' },
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'declared-packages-only',
      comment: 'What is imported must be a declared dependency, or a clean install breaks.',
      severity: 'error',
      from: {},
      // The one exception holds types and no code, which the cruiser takes for a package that is not there.
      to: {
        dependencyTypes: ['npm-no-pkg', 'unknown', 'undetermined'],
        pathNot: '^@graphql-typed-document-node/core$',
      },
    },
    {
      name: 'embedded-database-stands-alone',
      comment: 'The embedded database knows nothing of chat, so that MongoDB can take its place.',
      severity: 'error',
      from: { path: room('embedded-mongo') },
      to: { path: '^src/', pathNot: room('embedded-mongo') },
    },
    {
      name: 'models-know-no-machinery',
      severity: 'error',
      from: { path: '\\.model\\.ts$' },
      to: { path: ['\\.service\\.ts$', '\\.resolver\\.ts$', room('http'), room('compat'), room('graphql')] },
    },
    {
      name: 'policies-are-pure',
      comment: 'A policy decides from what it is given; it never asks the database.',
      severity: 'error',
      from: { path: '\\.policy\\.ts$' },
      to: {
        path: ['\\.service\\.ts$', '\\.resolver\\.ts$', room('database'), room('feed'), room('bus'), room('http')],
      },
    },
    {
      name: 'services-know-no-transport',
      comment: 'What people can do is the same on every protocol, so it is said without any of them.',
      severity: 'error',
      from: { path: '\\.service\\.ts$' },
      to: {
        path: [
          '\\.resolver\\.ts$',
          room('http'),
          room('compat'),
          room('graphql'),
          'node_modules/(graphql|type-graphql|express|socket.io)/',
        ],
      },
    },
    {
      name: 'resolvers-only-name-things',
      severity: 'error',
      from: { path: '\\.resolver\\.ts$' },
      to: { path: [room('bus'), '\\.resolver\\.ts$'] },
    },
    {
      name: 'compat-goes-through-the-schema',
      comment: 'REST and Socket.IO run operation documents; they never reach a service, a model or a resolver.',
      severity: 'error',
      from: { path: room('compat') },
      to: { path: ['\\.service\\.ts$', '\\.model\\.ts$', '\\.resolver\\.ts$', room('database'), room('feed')] },
    },
    {
      name: 'demo-uses-the-public-api',
      comment: 'The demo proves what any program can do, so it knows nothing of the server but its documents.',
      severity: 'error',
      from: { path: room('demo') },
      to: { path: '^src/', pathNot: ['^src/(demo|client|generated)/', '^src/cli/report\\.ts$'] },
    },
    {
      name: 'client-stands-alone',
      comment:
        'The client library runs in pages and other programs: it takes the documents and the error codes, no room of the server.',
      severity: 'error',
      from: { path: room('client') },
      to: { path: '^src/', pathNot: ['^src/(client|generated)/', '^src/errors\\.ts$'] },
    },
    {
      name: 'client-runs-in-browsers',
      comment: 'A browser has none of the modules of Node.',
      severity: 'error',
      from: { path: room('client') },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'pages-use-the-public-api',
      comment: 'The pages do what any page can do: they take the client library, the documents and their own texts.',
      severity: 'error',
      from: { path: room('web') },
      to: { path: '^src/', pathNot: ['^src/(web|client|generated)/', '^src/docs/site\\.ts$'] },
    },
    {
      name: 'only-observability-counts',
      comment: 'Rooms tell what happened through interfaces of their own; how it is counted and shown is not theirs.',
      severity: 'error',
      from: { pathNot: room('observability') },
      to: { path: 'node_modules/prom-client/' },
    },
    {
      name: 'nobody-imports-the-root',
      severity: 'error',
      from: { pathNot: '^src/(main|app|emit)\\.ts$|^src/cli/' },
      to: { path: '^src/(main|app|emit)\\.ts$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/generated/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
