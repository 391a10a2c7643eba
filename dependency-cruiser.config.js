/**
 * Which way imports may point (design.md, "Layout"):
 * core ← slide kinds ← protocol ← { lib, server } and lib ← slide components ← views ← routes.
 * Two passes (script `deps:check`): the first over all imports, types too; the second, with
 * RUNTIME_IMPORTS set, over those that are left when the types are gone, for what weighs on a phone.
 * Type imports inside .svelte files are compiled away before they can be seen here; ESLint covers
 * the directions that matter there.
 */

const COMPONENT = '^src/slides/.+\\.svelte(\\.ts)?$';
const KIND = '^src/slides/(kind|kinds|[^/]+/kind)\\.ts$';
// Everything of a slide that Node could load: its kind and what stands beside it.
const PLAIN = '^src/slides/(kind|kinds|[^/]+/[^/.]+)\\.ts$';
const BROWSER = ['^src/(lib|routes)/', '^src/slides/views\\.ts$', COMPONENT];
const ZOD = '^node_modules/zod/';
const NPM = ['^node_modules/', '^[$]app/', '^virtual:texts$'];

/**
 * A folder that may import nothing but what is listed; everything unlisted is an error.
 *
 * @param {string} name
 * @param {string} comment
 * @param {string} from
 * @param {string[]} allowed
 * @returns {import('dependency-cruiser').IForbiddenRuleType}
 */
const only = (name, comment, from, allowed) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { pathNot: allowed },
});

/**
 * What a folder may not import.
 *
 * @param {string} name
 * @param {string} comment
 * @param {string} from
 * @param {string | string[]} to
 * @returns {import('dependency-cruiser').IForbiddenRuleType}
 */
const never = (name, comment, from, to) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: to },
});

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const runtimeRules = [
  {
    name: 'no-zod-on-the-phone',
    comment: 'zod and the schemas weigh more than the page; only their types may come along.',
    severity: 'error',
    from: { path: BROWSER },
    to: { path: [ZOD, KIND], reachable: true },
  },
];

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const rules = [
  only('core-is-pure', 'core knows nothing but itself: no package, no I/O.', '^src/core/', [
    '^src/core/',
  ]),
  only(
    'kinds-stand-on-core',
    'A kind needs core, zod, the shared kind.ts and plain modules of its own folder.',
    PLAIN,
    ['^src/core/', PLAIN, ZOD],
  ),
  {
    name: 'kinds-do-not-know-each-other',
    comment:
      'One slide kind is one folder. A kind that shows what another one collected may read that ' +
      "one's kind.ts (no-cycles keeps it one way); nothing else crosses from folder to folder.",
    severity: 'error',
    from: { path: '^src/slides/([^/]+)/' },
    to: {
      path: '^src/slides/[^/]+/',
      pathNot: ['^src/slides/$1/', '^src/slides/[^/]+/kind\\.ts$'],
    },
  },
  only(
    'protocol-stands-on-kinds',
    'The wire is made of core, the slide kinds and zod.',
    '^src/protocol/',
    ['^src/(core|protocol)/', KIND, ZOD],
  ),
  only(
    'lib-stands-on-protocol',
    'lib serves every face: it knows core, the wire, the types of the kinds, and packages.',
    '^src/lib/',
    ['^src/(core|protocol|lib)/', KIND, ...NPM],
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
    name: 'server-runs-on-dependencies',
    comment: 'The Docker image has no devDependencies: what the server imports must not be one.',
    severity: 'error',
    from: {
      path: ['^server/', '^src/(core|protocol)/', PLAIN],
      pathNot: '^server/(dev|prestart)\\.ts$',
    },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  },
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
    to: {
      couldNotResolve: true,
      pathNot: [
        '^[$](app|env)/',
        '^virtual:',
        '^[$]service-worker$',
        '^\\./[$]types',
        'woff2',
        '\\?url$',
      ],
    },
  },
];

/** @type {import('dependency-cruiser').IConfiguration} */
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
