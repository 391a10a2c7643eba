/**
 * What no client of ours sends ends its connection as soon as it is seen: a frame too large by its head
 * alone, before any of it is kept; garbage; a message in many fragments. `ws` and Engine.IO say goodbye
 * first and then read on for up to half a minute, and whoever was sent away so came back at once, as often
 * as it liked (R7, S7; `npm run hostile`).
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type ServerOptions, type WebSocket } from 'ws';
import { lineOf, type Connection } from './frame.ts';

/** Browsers send a message of a few kilobytes whole; a proxy may cut it once or twice. `ws` takes 16,384. */
const MOST_FRAGMENTS = 8;
/** How long a client may take to answer a goodbye; `ws` waits, and reads, for 30 s. */
const GOODBYE_MS = 3_000;

/**
 * @param onBroken told of the upgrade's request before its connection is ended
 * @returns Engine.IO's `wsEngine`
 */
export function strictEngine(onBroken: (request: IncomingMessage) => void): typeof WebSocketServer {
  return class extends WebSocketServer {
    constructor(options: ServerOptions) {
      const closing = { closeTimeout: GOODBYE_MS };
      // One message a turn: whoever sends hundreds in one piece has the others served in between.
      const inTurns = { allowSynchronousEvents: false };
      super({ ...options, ...closing, ...inTurns, maxFragments: MOST_FRAGMENTS });
    }
    override handleUpgrade(
      request: IncomingMessage,
      socket: Duplex,
      head: Buffer,
      done: (ws: WebSocket, request: IncomingMessage) => void,
    ): void {
      super.handleUpgrade(request, socket, head, (ws, same) => {
        // Of a WebSocket that is open `ws` tells no other errors; a line that breaks is a close.
        ws.once('error', () => {
          onBroken(request);
          ws.terminate();
        });
        done(ws, same);
      });
    }
  } as typeof WebSocketServer;
}

/** The same for a packet that Engine.IO does not understand, on either transport. */
export function endOnGarbage(conn: Connection, onBroken: (request: IncomingMessage) => void): void {
  conn.once('close', (reason: string) => {
    if (reason !== 'parse error') return;
    onBroken(conn.request);
    lineOf(conn)?.destroy();
  });
}
