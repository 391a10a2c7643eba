/**
 * The answer to an upgrade and Engine.IO's first packet in one write instead of two. When everybody joins
 * at once, writing is a third of the server's work (`npm run bench -- joins`).
 */
import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';

/** To be called after Engine.IO has been attached: holds back before it answers. */
export function answerTogether(http: Server): void {
  http.prependListener('upgrade', (_request, line: Duplex) => {
    line.cork();
    // Engine.IO says its first word in the same turn.
    setImmediate(() => line.uncork());
  });
}
