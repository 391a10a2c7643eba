/** The production server, which tells on SIGUSR2 what it holds once garbage is collected, in bytes. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

process.on('SIGUSR2', () => {
  // What the first finds dead may free more with its finalizers.
  collect();
  setImmediate(() => {
    collect();
    const { heapUsed, external } = process.memoryUsage();
    console.log(`held ${heapUsed + external}`);
  });
});
await import('#server/main.ts');
