import { fileURLToPath } from 'node:url';
import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vitest/config';
import { languages } from './languages.config.ts';
import { texts } from './paraglide.config.ts';

// `npm run dev` starts the server on this port beside Vite; see server/dev.ts.
const api = `http://127.0.0.1:${process.env.DEV_API_PORT ?? '3001'}`;

/**
 * Left alone, the bundler cuts a phone's page into some thirty files along the lines of who shares
 * what: each a request on a slow network, and each compressed without knowing the others.
 */
const chunks = [
  // The same for styles, which a page waits for: what every page has, and what a seat may need.
  {
    name: 'page',
    priority: 4,
    test: /\/src\/(lib\/ui\/(base|tokens|Button|Dialog|Later|Notice|Timer|Wordmark|RehearsalMark|charts\/StatementSplits)|routes\/\+(layout|error)).*\.css$/,
  },
  {
    name: 'seat',
    priority: 3,
    test: /\/src\/(lib\/(seat|privacy|ui)|slides\/\w+\/Participant|routes\/join\/\[code\]).*\.css$/,
  },
  {
    name: 'base',
    priority: 2,
    test: new RegExp(
      [
        '/node_modules/(svelte|@sveltejs|esm-env|clsx)/',
        '/src/(core/code|lib/live|lib/seat/storage|routes/\\+error)',
        '/src/lib/ui/(Button|Later|Notice|Timer|Wordmark|reasons|labels)',
        '/messages/phone_contract',
      ].join('|'),
    ),
  },
  // With all that the page needs at once; what it imports later stays apart.
  {
    name: 'phone',
    priority: 1,
    test: /\/src\/(routes\/join\/\[code\]\/\+page|slides\/participants)/,
  },
];

export default defineConfig(({ command, mode }) => ({
  // Only the dev server compiles the texts itself, at every change. Elsewhere the script `i18n` did
  // it beforehand: test processes that rewrite one folder at once would trip over each other, and
  // the compiler would hold `vite build` back by 30 seconds (see paraglide.config.ts).
  plugins: [
    ...(command === 'serve' && mode !== 'test' ? [paraglideVitePlugin(texts)] : []),
    languages(),
    sveltekit(),
  ],
  server: {
    proxy: {
      '/api': api,
      '/healthz': api,
      '/readyz': api,
      '/metrics': api,
      '/socket.io': { target: api, ws: true },
    },
  },
  // Our fonts are WOFF, packed as any browser can unpack them: the decoder for WOFF2 weighs as much as
  // half of all that makes a PDF, and would never be asked.
  resolve: {
    alias: {
      'brotli/decompress.js': fileURLToPath(
        new URL('src/lib/export/pdf/no-brotli.ts', import.meta.url),
      ),
    },
  },
  build: {
    target: 'es2022',
    rolldownOptions: { output: { codeSplitting: { groups: chunks } } },
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/{core,protocol,slides,content,lib}/**/*.test.ts'],
          // Exhaustive and property tests take their time on a busy machine.
          testTimeout: 60_000,
          // Pure modules: nothing one file leaves behind can reach another, and loading them anew costs a third.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/{server,attacks,faults,hostile}/**/*.test.ts'],
          // Real processes, sockets and signals: a process of its own per file, and time for them.
          pool: 'forks',
          maxWorkers: 3,
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
    ],
  },
}));
