/**
 * `npm run dev`: the server, started again at every change of its files, beside Vite, which serves
 * the pages with hot reload and hands the server's own addresses on to it (vite.config.ts).
 */
import concurrently from 'concurrently';

const apiPort = process.env.DEV_API_PORT ?? '3001';
const pagePort = process.env.PORT ?? '3000';

const { result } = concurrently(
  [
    {
      name: 'server',
      command: 'node --watch --watch-preserve-output server/main.ts',
      // Vite passes the browser's Host on, so the server still sees one origin for all.
      env: { PORT: apiPort, HOST: '127.0.0.1' },
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
