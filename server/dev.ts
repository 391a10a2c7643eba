/**
 * `npm run dev`: the server, started again at every change of its files, beside Vite, which serves
 * the pages with hot reload and hands the server's own addresses on to it (vite.config.ts).
 */
import concurrently from 'concurrently';
import { lanAddress } from './config.ts';

const apiPort = process.env.DEV_API_PORT ?? '3001';
const pagePort = process.env.PORT ?? '3000';

const origins = [lanAddress(), 'localhost', '127.0.0.1']
  .filter((host) => host !== null)
  .map((host) => `http://${host}:${pagePort}`)
  .join(',');

// The folders are named, and Node's own reports of imports switched off, because a worker thread
// sends those reports to its parent as ordinary messages, which the embedded store would misread.
const server = [
  'node --watch-preserve-output',
  ...['server', 'src/core', 'src/protocol', 'src/slides', 'content'].map(
    (folder) => `--watch-path=${folder}`,
  ),
  '--import "data:text/javascript,delete process.env.WATCH_REPORT_DEPENDENCIES"',
  'server/main.ts',
].join(' ');

const { result } = concurrently(
  [
    {
      name: 'server',
      command: server,
      // Links and QR codes name the address that Vite serves, the first one where a phone reaches it.
      env: { PORT: apiPort, HOST: '127.0.0.1', ORIGIN: process.env.ORIGIN ?? origins },
      prefixColor: 'blue',
    },
    {
      name: 'pages',
      command: `vite dev --host ${process.env.HOST ?? '0.0.0.0'} --port ${pagePort} --strictPort`,
      env: { DEV_API_PORT: apiPort },
      prefixColor: 'green',
    },
  ],
  // One of them gone, the other is of no use.
  { killOthersOn: ['failure', 'success'] },
);

await result.catch(() => {
  process.exitCode = 1;
});
