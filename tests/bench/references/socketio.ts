/** What one would write without thinking: Socket.IO, and a loop that emits the view to every socket. */
import { Server } from 'socket.io';

const io = new Server(Number(process.env.PORT), { serveClient: false });
let view: object = {};
process.on('message', (message: { text?: string }) => {
  if (message.text !== undefined) view = JSON.parse(message.text) as object;
});
io.on('connection', (socket) => {
  socket.emit('welcome', view, null);
  socket.on('command', (_command: object, ack: (reply: object) => void) => {
    for (const other of io.sockets.sockets.values()) other.emit('view', view);
    ack({ ok: true });
  });
});
console.log('listening');
