/** Every connection of the HTTP server, WebSockets and silent ones included, so that a stop waits for none (R5). */
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** @returns ends all connections at once */
export function trackConnections(http: Server): () => void {
  const open = new Set<Socket>();
  http.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  return () => {
    for (const socket of open) socket.destroy();
  };
}
