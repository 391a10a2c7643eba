/** The way through proxies that let no WebSocket pass: Engine.IO's long polling. Loaded only there. */
import type { OpenWire } from './line.ts';

/** Between the packets of one answer. */
const SEPARATOR = '\x1e';

export const overPolling: OpenWire = (line, heard, gone) => {
  const abort = new AbortController();
  const { signal } = abort;
  let address = `${line}&transport=polling`;
  let opened = false;

  async function ask(init: RequestInit): Promise<string> {
    const response = await fetch(address, { ...init, signal, cache: 'no-store' });
    if (!response.ok) throw new Error(`polling was answered with ${response.status}`);
    return response.text();
  }

  function failed(): void {
    if (signal.aborted) return;
    abort.abort();
    gone();
  }

  async function listen(): Promise<void> {
    while (!signal.aborted) {
      for (const packet of (await ask({})).split(SEPARATOR)) {
        if (packet.startsWith('0')) {
          opened = true;
          address += `&sid=${(JSON.parse(packet.slice(1)) as { sid: string }).sid}`;
        }
        heard(packet);
      }
    }
  }

  // The server takes one request with packets at a time.
  let sending: Promise<unknown> = Promise.resolve();
  void listen().catch(failed);
  return {
    send: (packet) => {
      sending = sending.then(() => ask({ method: 'POST', body: packet })).catch(failed);
    },
    close: () => {
      const goodbye: RequestInit = { method: 'POST', body: '1', keepalive: true };
      if (opened) void fetch(address, goodbye).catch(() => undefined);
      abort.abort();
    },
  };
};
