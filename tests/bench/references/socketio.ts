/** What one would write without thinking: Socket.IO, and a loop that emits the view to every socket of a room. */
import { Server, type Socket } from 'socket.io';

const io = new Server(Number(process.env.PORT), { serveClient: false });
const rooms = new Map<string, Set<Socket>>();
let view: object = {};
process.on('message', (message: { text?: string }) => {
  // As a phone got it: packet types, then the event and the view.
  if (message.text !== undefined) [, view] = JSON.parse(message.text.slice(2)) as [string, object];
});
io.on('connection', (socket) => {
  const { credential } = socket.handshake.auth as { credential: string };
  const room = rooms.get(credential) ?? new Set();
  rooms.set(credential, room.add(socket));
  socket.on('disconnect', () => room.delete(socket));
  socket.emit('welcome', view, null);
  socket.on('command', (_command: object, ack: (reply: object) => void) => {
    for (const other of room) other.emit('view', view);
    ack({ ok: true });
  });
});
console.log('listening');
