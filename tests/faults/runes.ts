/**
 * The phone's own modules in Node, as a browser runs them: its runes compiled for a client. Vitest
 * would compile them for a server, where nothing reacts; `npm run faults` has no Vite at all.
 */
import { readFileSync } from 'node:fs';
import { createRequire, registerHooks, stripTypeScriptTypes } from 'node:module';
import { fileURLToPath } from 'node:url';
import { compileModule } from 'svelte/compiler';
import type * as Sessions from '../../src/lib/live/session.svelte.ts';
import type * as Tabs from './tab.svelte.ts';

const LIB = new URL('../../src/lib/', import.meta.url);
/** Compiled by a script of its own; which language a phone reads is nothing that fails. */
const LANGUAGE = new URL('i18n/paraglide/runtime.js', LIB).href;

registerHooks({
  resolve: (specifier, context, next) => {
    if (specifier === '$lib/i18n/paraglide/runtime') return { url: LANGUAGE, shortCircuit: true };
    if (specifier.startsWith('$lib/'))
      return { url: new URL(specifier.slice(5), LIB).href, shortCircuit: true };
    if (!/^(svelte|esm-env)(\/|$)/.test(specifier)) return next(specifier, context);
    return next(specifier, { ...context, conditions: ['browser', ...context.conditions] });
  },
  load: (url, context, next) => {
    if (url === LANGUAGE)
      return {
        format: 'module',
        source: 'export const getLocale = () => "en";',
        shortCircuit: true,
      };
    if (!url.endsWith('.svelte.ts')) return next(url, context);
    const filename = fileURLToPath(url);
    const plain = stripTypeScriptTypes(readFileSync(filename, 'utf8'));
    const { js } = compileModule(plain, { filename, generate: 'client' });
    return { format: 'module', source: js.code, shortCircuit: true };
  },
});

/** Not imported: Vitest would take the module for itself. */
const compiled = createRequire(import.meta.url);
export const { openTab } = compiled('./tab.svelte.ts') as typeof Tabs;
export const { LiveSession } = compiled(
  fileURLToPath(new URL('live/session.svelte.ts', LIB)),
) as typeof Sessions;
