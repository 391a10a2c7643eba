/**
 * The least that an answered, validated command can cost in Node: `ws`, the ballot's own schema, and a
 * reply. With REDIS_URL each is stored before it is answered.
 */
import { WebSocketServer, type WebSocket } from 'ws';
import { ballotCommand } from '#protocol/messages.ts';
import { storeOf } from './store.ts';

const store = await storeOf(process.env.REDIS_URL);
const server = new WebSocketServer({ port: Number(process.env.PORT), perMessageDeflate: false });
server.on('connection', (socket: WebSocket) => {
  socket.on('message', (data: Buffer) => {
    const { id, command } = JSON.parse(data.toString()) as { id: number; command: unknown };
    const parsed = ballotCommand.safeParse(command);
    const reply = parsed.success
      ? { id, ok: true, version: parsed.data.version }
      : { id, ok: false };
    const answer = () => socket.send(JSON.stringify(reply));
    if (store) void store('ballots', JSON.stringify(command)).then(answer);
    else answer();
  });
});
server.on('listening', () => console.log('listening'));
