/** `npm start`: reads the settings, opens the store, serves, says where. */
import { ConfigError, readConfig } from './config.ts';
import { ContentError } from './content.ts';
import { startServer, type Running } from './server.ts';
import { StoreError } from './store/store.ts';

/** Failures whose message is written for whoever starts the server. */
const KNOWN = [ConfigError, ContentError, StoreError];

try {
  const running = await startServer(readConfig(process.env));
  announce(running);
  stopOnSignal(running);
} catch (error) {
  console.error(sentence(error));
  process.exit(1);
}

function announce({ port, publicOrigin }: Running): void {
  console.log(`Crossroads is ready.\n  On this machine:  http://localhost:${port}`);
  console.log(`  For phones:       ${publicOrigin}`);
}

function stopOnSignal(running: Running): void {
  let stopping = false;
  const stop = () => {
    if (stopping) process.exit(1);
    stopping = true;
    running.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

function sentence(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code, port } = error as NodeJS.ErrnoException & { port?: number };
  if (code === 'EADDRINUSE')
    return `Port ${port} is in use. Stop what runs there, or choose another: PORT=3001 npm start`;
  if (code === 'EACCES')
    return `Port ${port} may not be opened by this user. Choose one above 1023: PORT=3000 npm start`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND' || code === 'EAI_AGAIN')
    return `HOST ${process.env.HOST ?? ''} is not an address of this machine. Leave HOST empty to listen on all.`;
  return KNOWN.some((known) => error instanceof known)
    ? error.message
    : (error.stack ?? error.message);
}
