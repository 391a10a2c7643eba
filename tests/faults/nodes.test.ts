/** Several app nodes behind the deployment's own reverse proxy (R2, R5). */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { askSeat } from '../setup/key.ts';
import { metric, startProxied, type ProxiedFleet } from '../setup/fleet.ts';
import {
  command,
  connectPeople,
  connectSeat,
  goTo,
  joinSeat,
  newNonce,
  vote,
} from '../setup/room.ts';
import { openRoom } from '../setup/session.ts';
import { account, CELLS, countedIn, meet, QUESTION, until } from './meeting.ts';

let fleet: ProxiedFleet;
beforeAll(async () => {
  fleet = await startProxied();
}, 60_000);
afterAll(() => fleet.stop());

const sockets = () => Promise.all(fleet.nodes.map((node) => metric(node, 'crossroads_sockets')));
const heard = () =>
  Promise.all(fleet.nodes.map((node) => metric(node, 'crossroads_fanout_messages_total')));

describe('two nodes behind HAProxy', () => {
  test('a room lives on one node, by WebSocket and by long polling; the other node hears nothing of it', async () => {
    const before = await heard();
    const meeting = await meet([fleet.proxy.url], 8, (at) => ({
      urls: [fleet.proxy.url],
      pollsOnly: at % 2 === 1,
    }));
    // Also where it fails: the next test counts sockets.
    onTestFinished(meeting.hangUp);
    const spread = await sockets();
    expect([...spread].sort()).toEqual([0, 9]);
    const idle = spread.indexOf(0);
    meeting.phones.forEach((phone, at) => phone.answer(QUESTION, at % CELLS));
    await until('all counted', () =>
      meeting.phones.every((phone) => phone.state()?.is === 'counted'),
    );
    await meeting.closeRound();
    let locked = false;
    const press = () => command(meeting.host, { do: 'lock', locked: (locked = !locked) });
    for (let time = 0; time < 50; time++) await press();
    // Its own node hears its own ticks.
    expect((await heard())[idle]).toBe(before[idle]);
    // As soon as it holds a phone of the room, it does.
    const visitors = await connectPeople(fleet.nodes[idle]!.url, meeting.code, 1);
    await until('the other node hears', async () => {
      await press();
      return (await heard())[idle]! > before[idle]!;
    });
    visitors.forEach((phone) => phone.close());
  });

  test('S1 the proxy tells the nodes who asks: a guesser slows down nobody else', async () => {
    const room = await openRoom(fleet.proxy.url, 0);
    const join = async (url: string, client: string, code: string) => {
      const asked = { room: code, nonce: newNonce() };
      const reply = await askSeat(url, asked, { 'x-forwarded-for': client });
      return reply.ok ? 'joined' : reply.reason;
    };
    const node = fleet.nodes[0].url;
    // As the proxy does; a client that writes the header itself only adds in front of it.
    const guess = (client: string) => join(node, `198.51.100.1, ${client}`, '222222');
    const together = (count: number, ask: () => Promise<string>) =>
      Promise.all(Array.from({ length: count }, ask));
    await together(61, () => guess('203.0.113.9'));
    // Of a guesser that has to wait only so many may: whoever is told to slow down is one who waits.
    expect(await together(40, () => guess('203.0.113.9'))).toContain('slow-down');
    expect(await together(40, () => guess('203.0.113.10'))).not.toContain('slow-down');
    // Through the proxy this machine is one more client, whatever it writes into the header.
    const forged = () => join(fleet.proxy.url, '203.0.113.9', room.code);
    expect(new Set(await together(40, forged))).toEqual(new Set(['joined']));
    room.close();
  });

  test('S5 S8 foreign origins are refused through the proxy, and metrics are not to be had there', async () => {
    const handshake = `${fleet.proxy.url}/socket.io/?EIO=4&transport=polling`;
    const from = async (headers: Record<string, string>) =>
      (await fetch(handshake, { headers })).status;
    expect(await from({ origin: fleet.proxy.url })).toBe(200);
    expect(await from({ origin: 'https://evil.example' })).toBe(403);
    const posing = { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' };
    expect(await from(posing)).toBe(403);
    expect((await fetch(`${fleet.proxy.url}/metrics`)).status).toBe(403);
  });

  test('R5 SIGTERM, rolling, in the middle of a vote: all back within 5 s, nothing lost, nothing twice', async () => {
    const { proxy, redis } = fleet;
    const meeting = await meet([proxy.url], 40, (at) => ({
      urls: [proxy.url],
      pollsOnly: at % 8 === 0,
    }));
    onTestFinished(meeting.hangUp);
    let changing = true;
    const minds = meeting.phones.map(async (phone, at) => {
      for (let mind = 0; changing; mind++) {
        phone.answer(QUESTION, (at + mind) % CELLS);
        await sleep(300 + Math.random() * 500);
      }
    });
    const away: number[] = [];
    for (const node of fleet.nodes) {
      const before = meeting.phones.map((phone) => phone.welcomes());
      const held = (await metric(node, 'crossroads_sockets')) > 0;
      const since = performance.now();
      const stopped = node.kill('SIGTERM');
      if (held)
        await Promise.all(
          meeting.phones.map(async (phone, at) => {
            await until('back', () => phone.welcomes() > before[at]!);
            away.push(performance.now() - since);
          }),
        );
      await stopped;
      expect(performance.now() - since).toBeLessThan(8_000);
      await node.restart();
    }
    changing = false;
    await Promise.all(minds);
    // The room moved at least once, and back is everybody.
    expect(away.length).toBeGreaterThanOrEqual(meeting.phones.length);
    expect(Math.max(...away)).toBeLessThan(5_000);
    await until('all counted', () =>
      meeting.phones.every((phone) => phone.state()?.is === 'counted'),
    );
    await meeting.closeRound();
    const told = await account(meeting, await countedIn(redis.url, meeting.sid));
    expect(told).toEqual({ counted: 40, lost: 0, twice: 0, untrue: 0, notes: [] });
  }, 60_000);

  test('R2 a phone at one node and its second tab at the other are one seat with one ballot', async () => {
    const [one, two] = fleet.nodes;
    const room = await openRoom(one.url, 0);
    const { seat } = await joinSeat(one.url, room.code);
    const tab = await connectSeat(one.url, seat);
    const other = await connectSeat(two.url, seat);
    await goTo(room.host, 'myth', 'open');
    for (const face of [tab, other]) await face.until(({ round }) => round?.status === 'open');
    const nonce = newNonce();
    const sent = await Promise.all([
      vote(tab, { cell: 0 }, { nonce }),
      vote(other, { cell: 0 }, { nonce }),
      vote(other, { cell: 1 }, { version: 2 }),
    ]);
    expect(sent.every((reply) => reply.ok)).toBe(true);
    expect(await vote(tab, { cell: 0 }, { nonce })).toEqual({ ok: true, version: 2 });
    await goTo(room.host, 'myth', 'closed');
    const [sid = ''] = seat.split('.');
    expect([...(await countedIn(fleet.redis.url, sid)).values()]).toEqual([2]);
    [tab, other].forEach((face) => face.close());
    room.close();
  });
});
