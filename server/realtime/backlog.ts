/** Bounds what a client that does not read makes this server hold (R7). */
import { lineOf } from './frame.ts';
import type { LiveSocket } from './server.ts';

/** A client this far behind is better off with the fresh view that it gets when it comes back. */
const MOST_QUEUED = 256;

/** Cuts the socket off once this many packets wait for it, all at once: nothing waits for it to read. */
export function boundBacklog(socket: LiveSocket): void {
  const { conn } = socket;
  let queued = 0;
  conn.on('flush', () => {
    queued = 0;
  });
  const count = () => {
    queued += 1;
    if (queued <= MOST_QUEUED) return;
    conn.off('packetCreate', count);
    cutOff(socket);
  };
  conn.on('packetCreate', count);
}

/** Ends a socket without waiting until what is queued for it was read. */
export function cutOff(socket: LiveSocket): void {
  // Out of its rooms first: a polling transport may take half a minute to close.
  socket.disconnect();
  socket.conn.close(true);
  // Nor is it heard any more: `ws` would go on to understand whatever it says until it says goodbye as
  // well. Read it is, or the reset of the line would take the last answers from an honest one.
  lineOf(socket.conn)?.removeAllListeners('data').resume().end();
}
