/**
 * Which way imports may point (design.md, "Layout"):
 * core ← slide kinds ← protocol ← { lib, server } and lib ← slide components ← views ← routes.
 * Two passes (script `deps:check`): the first over all imports, types too; the second, with
 * RUNTIME_IMPORTS set, over those that are left when the types are gone, for what weighs on a phone.
 * Type imports inside .svelte files are compiled away before they can be seen here; ESLint covers
 * the directions that matter there.
 *
 * @type {import('dependency-cruiser').IConfiguration}
 */

const COMPONENT = '^src/slides/.+\\.svelte(\\.ts)?$';
const KIND = '^src/slides/(kind|kinds|[^/]+/kind)\\.ts$';
const BROWSER = ['^src/(lib|routes)/', '^src/slides/views\\.ts$', COMPONENT];
const ZOD = '^node_modules/zod/';
const NPM = ['^node_modules/', '^[$]app/'];

/** A folder that may import nothing but what is listed; everything unlisted is an error. */
const only = (name, comment, from, allowed) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { pathNot: allowed },
});

const never = (name, comment, from, to) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: to },
});

const runtimeRules = [
  {
    name: 'no-zod-on-the-phone',
    comment: 'zod and the schemas weigh more than the page; only their types may come along.',
    severity: 'error',
    from: { path: BROWSER },
    to: { path: [ZOD, KIND], reachable: true },
  },
];

const rules = [
  only('core-is-pure', 'core knows nothing but itself: no package, no I/O.', '^src/core/', [
    '^src/core/',
  ]),
  only(
    'kinds-stand-on-core',
    'A kind.ts needs core, zod and the shared kind.ts; another kind only through kinds.ts.',
    KIND,
    ['^src/core/', KIND, ZOD],
  ),
  {
    name: 'kinds-do-not-know-each-other',
    comment: 'One slide kind is one folder: take it out and nothing else breaks.',
    severity: 'error',
    from: { path: '^src/slides/([^/]+)/' },
    to: { path: '^src/slides/[^/]+/', pathNot: '^src/slides/$1/' },
  },
  only(
    'protocol-stands-on-kinds',
    'The wire is made of core, the slide kinds and zod.',
    '^src/protocol/',
    ['^src/(core|protocol)/', KIND, ZOD],
  ),
  only(
    'lib-stands-on-protocol',
    'lib serves every face: it knows core, the wire and packages, no slide and no page.',
    '^src/lib/',
    ['^src/(core|protocol|lib)/', ...NPM],
  ),
  only(
    'components-stand-on-lib',
    'A slide component knows lib, the wire, core and its own folder.',
    COMPONENT,
    ['^src/(core|protocol|lib|slides)/', ...NPM],
  ),
  never(
    'components-do-not-know-views',
    'views.ts collects the components, not the other way round.',
    COMPONENT,
    '^src/slides/views\\.ts$',
  ),
  never(
    'server-knows-no-face',
    'Node cannot load a component, and the server has no business in the browser.',
    '^server/',
    ['^src/(lib|routes)/', '\\.svelte(\\.ts)?$', '^src/slides/views\\.ts$'],
  ),
  never(
    'src-knows-no-server',
    'Pages reach the server over the wire, and the workshops through it.',
    '^src/',
    '^(server|content|tests)/',
  ),
  {
    name: 'no-cycles',
    comment: 'Types may know each other; modules that run may not.',
    severity: 'error',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'resolvable',
    comment: 'A misspelt import would be invisible to all rules above.',
    severity: 'error',
    from: {},
    to: { couldNotResolve: true, pathNot: ['^[$](app|env)/', '^\\./[$]types', 'woff2', '\\?url$'] },
  },
];

export default {
  forbidden: process.env.RUNTIME_IMPORTS ? runtimeRules : rules,
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^src/lib/i18n/paraglide/' },
    tsConfig: { fileName: 'tsconfig.json' },
    webpackConfig: { fileName: 'tests/setup/lib-alias.js' },
    tsPreCompilationDeps: process.env.RUNTIME_IMPORTS ? false : 'specify',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['svelte', 'import', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.svelte', '.d.ts'],
    },
  },
};
