/**
 * A built page carries no texts: each language is two modules beside it, what a phone needs up to its
 * answer and all the rest, and a device fetches those of its own language. Paraglide itself compiles
 * every language into every message; that stays so for the dev server and the tests.
 */
import { readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Plugin } from 'vite';

const src = resolve(import.meta.dirname, 'src');
const i18n = join(src, 'lib/i18n');
const MESSAGE = /\/i18n\/paraglide\/messages\/([a-z0-9_]+)\.js$/;
const VIRTUAL = 'virtual:texts';

/** Where a phone starts, and what it fetches on its way to an answer. */
export const PHONE = [
  'routes/+layout.svelte',
  'routes/+error.svelte',
  'routes/join/[code]/+page.svelte',
  'slides/assessment/Participant.svelte',
  'slides/movement/Participant.svelte',
];

export function languages(): Plugin {
  let split = false;
  const texts = catalogues();
  const keys = Object.keys(texts.en ?? {});
  const phone = textsUsedBy(PHONE);
  const first = keys.filter((key) => phone.has(key));
  const order = [...first, ...keys.filter((key) => !phone.has(key))];
  return {
    name: 'languages',
    enforce: 'pre',
    configResolved: ({ command }) => void (split = command === 'build'),
    resolveId: (id) => (id.startsWith(VIRTUAL) ? `\0${id}` : null),
    load(id, { ssr = false } = {}) {
      const [, , locale, part] = /^\0(virtual:texts)(?:\/([^/]+)\/(first|rest))?$/.exec(id) ?? [];
      if (locale && part) {
        const wanted = part === 'first' ? first : order.slice(first.length);
        return `export default ${JSON.stringify(wanted.map((key) => texts[locale]?.[key]))};`;
      }
      if (id === `\0${VIRTUAL}`)
        return split && !ssr ? loader(Object.keys(texts), first.length) : WHOLE;
      const key = MESSAGE.exec(id)?.[1];
      const place = order.indexOf(key ?? '');
      return split && !ssr && key && place >= 0
        ? `import { say } from '${VIRTUAL}';\nexport const ${key} = /*#__PURE__*/ say(${place});`
        : null;
    },
  };
}

/** Where every message has its texts with it. */
const WHOLE = 'export const fetchTexts = async () => {};';

/** The module that fetches texts and says them. @param size how many texts the first part has */
function loader(locales: string[], size: number): string {
  const parts = locales.map((locale) => {
    const part = (name: string) => `() => import('${VIRTUAL}/${locale}/${name}')`;
    return `${JSON.stringify(locale)}: [${part('first')}, ${part('rest')}]`;
  });
  return `
import { getLocale } from ${JSON.stringify(join(i18n, 'paraglide/runtime.js'))};
const parts = { ${parts.join(', ')} };
const known = {};
export async function fetchTexts(locale, all) {
  await Promise.all(parts[locale].slice(0, all ? 2 : 1).map(async (fetchPart, index) => {
    const { default: texts } = await fetchPart();
    const mine = (known[locale] ??= []);
    texts.forEach((text, place) => (mine[place + index * ${size}] = text));
  }));
}
export const say = (place) => (inputs, { locale = getLocale() } = {}) =>
  (known[locale]?.[place] ?? '').replace(/{(\\w+)}/g, (_, name) => inputs[name]);
`;
}

/** By locale, by key. Throws on a text with variants: the pages know plain texts only. */
function catalogues(): Record<string, Record<string, string>> {
  const settings = read(join(i18n, 'project.inlang/settings.json')) as { locales: string[] };
  return Object.fromEntries(
    settings.locales.map((locale) => {
      const { $schema: _schema, ...texts } = read(join(i18n, `messages/${locale}.json`)) as Record<
        string,
        string
      >;
      for (const [key, text] of Object.entries(texts))
        if (typeof text !== 'string') throw new Error(`${locale}.json: ${key} is not a plain text`);
      return [locale, texts];
    }),
  );
}

function read(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/** The texts of modules and of all that they import at once. @param roots paths below src */
export function textsUsedBy(roots: readonly string[]): Set<string> {
  const files = importedBy(roots.map((root) => join(src, root)));
  const uses = [...files.values()].flatMap((code) => [...code.matchAll(/\bm\.([a-z][a-z0-9_]*)/g)]);
  return new Set(uses.map(([, key = '']) => key));
}

/** Modules of our own by path, with their source: the roots and what they import, types left out. */
export function importedBy(roots: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  const queue = [...roots];
  for (let file = queue.pop(); file; file = queue.pop()) {
    if (found.has(file)) continue;
    const code = readFileSync(file, 'utf8');
    found.set(file, code);
    for (const [, name = ''] of code.matchAll(IMPORT)) queue.push(...located(name, file));
  }
  return found;
}

const IMPORT = /^\s*(?:import|export)\s+(?!type\b)(?:[^'"();]*?\sfrom\s+)?'([^']+)'/gm;

/** The file that an import means; none for packages, styles and compiled texts. */
export function located(name: string, from: string): string[] {
  const path = name.startsWith('.')
    ? join(dirname(from), name)
    : name.replace(/^\$lib\//, `${src}/lib/`).replace(/^#(core|protocol|slides)\//, `${src}/$1/`);
  if (!path.startsWith(src) || path.includes('/paraglide/')) return [];
  const file = [path, `${path}.ts`, `${path}/index.ts`].find((candidate) =>
    statSync(candidate, { throwIfNoEntry: false })?.isFile(),
  );
  return file && /\.(ts|svelte)$/.test(file) ? [file] : [];
}
