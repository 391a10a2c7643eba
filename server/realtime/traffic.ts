/**
 * Bounds what a WebSocket may say, below everything that understands it: pings, empty fragments and
 * garbage never reach a handler that could count them (R7, S7).
 */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { Socket } from 'node:net';

const LOOK_MS = 250;
/** An honest phone says less than 10 KB a second, a host with a held clicker less than 20. */
const MOST_READ = 32_768;
/** Waiting to be read by the client: many times what `backlog.ts` lets wait, so only pongs get here. */
const MOST_UNREAD = 4_194_304;

/**
 * @param onFlood told before a connection that says too much, or reads too little, is ended
 * @returns stops looking
 */
export function boundTraffic(
  http: Server,
  onFlood: (request: IncomingMessage) => void,
): () => void {
  const open = new Map<Socket, { request: IncomingMessage; read: number }>();
  http.on('upgrade', (request: IncomingMessage, socket: Duplex) => {
    if (!(socket instanceof Socket)) return;
    open.set(socket, { request, read: socket.bytesRead });
    socket.once('close', () => open.delete(socket));
  });
  const look = setInterval(() => {
    for (const [socket, seen] of open) {
      const said = socket.bytesRead - seen.read;
      seen.read = socket.bytesRead;
      if (said <= MOST_READ && socket.writableLength <= MOST_UNREAD) continue;
      onFlood(seen.request);
      socket.destroy();
    }
  }, LOOK_MS).unref();
  return () => clearInterval(look);
}
