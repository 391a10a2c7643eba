import { chromiumBrowser, required } from './programs.ts';

/** The browser of the tests, as an absolute path; throws a sentence if there is none. */
export const chromiumPath = (): string => required(chromiumBrowser);

/**
 * How every test starts it. Without the network switches Chromium calls its maker at each start;
 * on a closed network those calls fail by the dozen and slow the tests down.
 */
export const chromiumArgs: string[] = [
  // Chromium's own sandbox refuses to run as root, which is what a container usually is.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // A container's /dev/shm is often too small for a page.
  '--disable-dev-shm-usage',
];
