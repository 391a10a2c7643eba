/** The production server of a later version: the same sources, but for the number of the protocol. */
import { registerHooks } from 'node:module';

registerHooks({
  load: (url, context, next) => {
    const loaded = next(url, context);
    if (!url.endsWith('/src/protocol/wire.ts')) return loaded;
    const { source: bytes } = loaded;
    const text = typeof bytes === 'string' ? bytes : Buffer.from(bytes as Uint8Array).toString();
    const source = text.replace(
      /PROTOCOL = (\d+)/,
      (_, number: string) => `PROTOCOL = ${Number(number) + 1}`,
    );
    return { ...loaded, source };
  },
});
await import('#server/main.ts');
