/**
 * How the interface texts are compiled: one place for the Vite plugin and for the command line
 * (`node paraglide.config.ts`, the npm script `i18n`), because types and tests need the compiled
 * texts even where Vite never runs.
 */
import { compile, type CompilerOptions } from '@inlang/paraglide-js';

export const texts: CompilerOptions = {
  project: './src/lib/i18n/project.inlang',
  outdir: './src/lib/i18n/paraglide',
  // A choice made on this device wins, then the browser's languages. No cookie and no locale in
  // the address: a room's link must be the same for everybody who scans it.
  strategy: ['localStorage', 'preferredLanguage', 'baseLocale'],
  // The pages are client-only, so the compiled texts need no per-request state.
  disableAsyncLocalStorage: true,
  emitReadme: false,
};

if (import.meta.main) {
  await compile(texts);
  // The compiler's store leaves timers of 30 seconds behind; nothing waits for them.
  process.exit();
}
