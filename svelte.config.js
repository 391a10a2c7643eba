import adapter from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/**
 * SvelteKit's page announcer (read out by screen readers at a change of page) has one fixed style
 * attribute. This allows exactly that text and no other inline style; should an update of SvelteKit
 * change it, the console of every page shows the new hash.
 */
const announcerStyle = 'S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo=';

/** @type {import('@sveltejs/kit').Config} */
export default {
  preprocess: vitePreprocess(),
  kit: {
    // A prefix of its own, because the adapter would read ORIGIN too and take only one address.
    adapter: adapter({ envPrefix: 'SVELTEKIT_' }),
    // Keeps the top level of the repository to src, server, content and tests.
    files: { assets: 'src/static' },
    // The phone's page registers it once there is time: at the start it would compete with the page.
    serviceWorker: { register: false },
    // The only Content-Security-Policy: SvelteKit knows the nonce of its own start script, and a
    // second policy from the server would intersect with this one (S6, S9).
    csp: {
      mode: 'auto',
      directives: {
        'default-src': ['self'],
        'script-src': ['self'],
        'style-src': ['self', 'unsafe-hashes', `sha256-${announcerStyle}`],
        'img-src': ['self', 'data:'],
        'font-src': ['self'],
        'connect-src': ['self'],
        'worker-src': ['self'],
        'manifest-src': ['self'],
        'object-src': ['none'],
        'base-uri': ['none'],
        'form-action': ['self'],
        'frame-ancestors': ['none'],
      },
    },
    typescript: {
      // The root tsconfig.json covers the whole repository; the generated one knows only src.
      config: (config) => {
        // SvelteKit leaves it out; it is checked like everything else.
        config.exclude = config.exclude.filter(
          (/** @type {string} */ path) => !path.includes('service-worker'),
        );
        config.include.push(
          '../server/**/*.ts',
          '../tests/**/*.ts',
          '../*.config.ts',
          '../*.config.js',
        );
        return config;
      },
    },
  },
};
