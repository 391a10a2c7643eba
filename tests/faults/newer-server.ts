/** The production server of a later version: the same sources, but for the number of the protocol. */
import { registerHooks } from 'node:module';

registerHooks({
  load: (url, context, next) => {
    const loaded = next(url, context);
    if (!url.endsWith('/src/protocol/wire.ts')) return loaded;
    const source = (loaded.source?.toString() ?? '').replace(
      /PROTOCOL = (\d+)/,
      (_, number: string) => `PROTOCOL = ${Number(number) + 1}`,
    );
    return { ...loaded, source };
  },
});
await import('#server/main.ts');
