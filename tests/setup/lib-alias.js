// dependency-cruiser takes an alias only in the shape of a webpack configuration. This is
// SvelteKit's $lib; without it every import of it would count as unresolved.
import { resolve } from 'node:path';

export default { resolve: { alias: { $lib: resolve(import.meta.dirname, '../../src/lib') } } };
