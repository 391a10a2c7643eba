/**
 * The least that a broadcast can cost in Node: `ws`, one frame built once per step and written to every
 * socket of the room. The path names the room; `step` on one of its sockets sends the text that the
 * bench gave; every socket gets it once when it connects. With REDIS_URL a step is a command that is
 * validated, stored and answered first: the least for a step that outlives the process.
 */
import type { Socket } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { hostCommand } from '#protocol/messages.ts';
import { storeOf } from './store.ts';

const store = await storeOf(process.env.REDIS_URL);
const server = new WebSocketServer({ port: Number(process.env.PORT), perMessageDeflate: false });
const rooms = new Map<string, Set<Socket>>();
let text = Buffer.alloc(0);

process.on('message', (message: { text?: string }) => {
  if (message.text !== undefined) text = Buffer.from(message.text);
});

function frame(): Buffer {
  const head = text.length < 126 ? 2 : 4;
  const bytes = Buffer.allocUnsafe(head + text.length);
  bytes[0] = 0x81;
  bytes[1] = text.length < 126 ? text.length : 126;
  if (head === 4) bytes.writeUInt16BE(text.length, 2);
  text.copy(bytes, head);
  return bytes;
}

server.on('connection', (socket: WebSocket, request) => {
  const name = request.url ?? '';
  const room = rooms.get(name) ?? new Set();
  const { socket: line } = request;
  rooms.set(name, room.add(line));
  if (text.length > 0) line.write(frame());
  socket.on('close', () => room.delete(line));
  const tell = () => {
    const bytes = frame();
    for (const member of room) member.write(bytes);
  };
  socket.on('message', (data: Buffer) => {
    if (!store) return tell();
    const { id, command } = JSON.parse(data.toString()) as { id: number; command: unknown };
    const parsed = hostCommand.parse(command);
    void store(name, JSON.stringify(parsed)).then(() => {
      tell();
      socket.send(JSON.stringify({ id, ok: true }));
    });
  });
});
server.on('listening', () => console.log('listening'));
// A profile is written by a process that ends by itself.
process.on('SIGTERM', () => process.exit());
