/** Making, finding, joining and ending sessions. */
import { createHmac, createSecretKey, hkdfSync } from 'node:crypto';
import { normaliseCode } from '#core/code.ts';
import { POLICIES } from '#core/disclosure.ts';
import type {
  Ack,
  CreateReply,
  CreateRequest,
  JoinRequest,
  Receipt,
  RoomReply,
} from '#protocol/messages.ts';
import { placeOf } from '#protocol/wire.ts';
import type { Clock } from './clock.ts';
import type { Config } from './config.ts';
import { translationsOf, workshopFor, type Installed } from './content.ts';
import type { Rooms } from './rooms.ts';
import { inLanguage, languagesOf } from './languages.ts';
import { sameText } from './same-text.ts';
import type { Store } from './store/store.ts';
import { contractOf } from './views.ts';

/** A seat that was taken, or taken again. */
export interface Seated {
  sid: string;
  token: string;
  code: string;
}

export interface Sessions {
  /** @param origin see `originOfRequest`; null: reached only from this machine */
  create: (request: CreateRequest, origin: string | null) => Promise<Ack<CreateReply>>;
  /** What a person reads before joining, in their language if the workshop has it. One answer for unknown and ended rooms (S1). */
  look: (room: string, language: string | null) => Promise<Ack<RoomReply>>;
  join: (request: JoinRequest) => Promise<Ack<Seated>>;
  end: (sid: string) => Promise<Receipt | null>;
}

interface Deps {
  store: Store;
  rooms: Rooms;
  config: Config;
  content: readonly Installed[];
  secret: string;
  clock: Clock;
}

const MOST_FOUND = 1_000;

/** Of a QR link: 16 random bytes in base64url. */
const LONG_ID = /^[\w-]{22}$/;

export function createSessions(deps: Deps): Sessions {
  const { store, rooms, config, content, clock } = deps;
  // A key object: bytes would be made a key anew for every seat, which costs more than all else of it.
  const seatKey = createSecretKey(
    Buffer.from(hkdfSync('sha256', deps.secret, '', 'crossroads seat tokens', 32)),
  );

  /** The long id of the QR link, or a code as people type it. */
  async function find(typed: string): Promise<string | null> {
    const code = normaliseCode(typed);
    const id = typed.trim();
    // Anything else may be a name, for one: the store, and so its slow log, never hears it (DISC-11).
    return code !== null || LONG_ID.test(id) ? store.findRoom(code ?? id) : null;
  }

  async function create(request: CreateRequest, origin: string | null): Promise<Ack<CreateReply>> {
    if (config.passphrase !== null && !sameText(request.passphrase ?? '', config.passphrase))
      return { ok: false, reason: 'passphrase' };
    const workshop = workshopFor(content, request.workshop, request.language, request.plan);
    if (!workshop) return { ok: false, reason: 'malformed' };
    const made = await store.createSession(
      {
        workshop,
        translations: translationsOf(content, workshop, request.plan),
        policy: POLICIES[request.policy],
        operator: config.operator,
        rehearsal: request.rehearsal,
        origin: config.origins[0] ?? origin,
        maxSessions: config.maxSessions,
      },
      clock.now(),
    );
    if (!made) return { ok: false, reason: 'too-many-sessions' };
    const { sid, code, hostToken, screenToken } = made;
    return { ok: true, code, host: `${sid}.${hostToken}`, screen: `${sid}.${screenToken}` };
  }

  async function look(typed: string, language: string | null): Promise<Ack<RoomReply>> {
    const sid = await find(typed);
    const room = sid === null ? null : await rooms.get(sid);
    const loaded = sid === null ? null : await store.load(sid);
    if (sid === null || !room || !loaded) return { ok: false, reason: 'unknown-room' };
    const workshop = inLanguage(room, language);
    return {
      ok: true,
      code: room.code,
      place: placeOf(sid),
      workshop: workshop.id,
      title: workshop.title,
      language: workshop.language,
      languages: languagesOf(room),
      poles: workshop.poles,
      locked: loaded.state.locked,
      rehearsal: room.rehearsal,
      contract: contractOf(room.policy, room.operator),
    };
  }

  /** Ways that led to a seat a moment ago: a crowd that joins at once looks its room up once. */
  const found = new Map<string, string>();

  async function join(request: JoinRequest): Promise<Ack<Seated>> {
    const typed = request.room;
    const known = found.get(typed);
    if (known !== undefined) {
      const reply = await joinRoom(known, request);
      if (reply.ok || reply.reason !== 'unknown-room') return reply;
      // It has ended, and its code may be another room's by now.
      found.delete(typed);
    }
    const sid = await find(typed);
    if (sid === null) return { ok: false, reason: 'unknown-room' };
    const reply = await joinRoom(sid, request);
    if (found.size >= MOST_FOUND) found.clear();
    if (reply.ok) found.set(typed, sid);
    return reply;
  }

  async function joinRoom(sid: string, { nonce }: JoinRequest): Promise<Ack<Seated>> {
    const room = await rooms.get(sid);
    if (!room) return { ok: false, reason: 'unknown-room' };
    const token = seatToken(sid, nonce);
    const result = await store.join(sid, token, { maxSeats: config.maxSeats }, clock.now());
    if (result !== 'joined' && result !== 'already') return { ok: false, reason: result };
    return { ok: true, sid, token, code: room.code };
  }

  /** Server-made (S2), yet the same for a repeated request: one person, one seat. */
  function seatToken(sid: string, nonce: string): string {
    return createHmac('sha256', seatKey).update(`${sid} ${nonce}`).digest('base64url');
  }

  async function end(sid: string): Promise<Receipt | null> {
    const ended = await store.end(sid);
    // Or its code would be looked up twice, and an unknown one once (S1).
    for (const [typed, known] of found) if (known === sid) found.delete(typed);
    rooms.forget(sid);
    return ended && { endedAt: new Date(clock.now()).toISOString(), seats: ended.seats };
  }

  return { create, look, join, end };
}
