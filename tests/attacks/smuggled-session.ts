/** A whole session of people who put a word of their own wherever a client can (T11). */
import type { Choice } from '#core/round.ts';
import type { HostView } from '#protocol/views.ts';
import type { CreateReply } from '#protocol/messages.ts';
import { expect } from 'vitest';
import { post } from '../setup/room.ts';
import type { Line } from './line.ts';
import { createSmuggler } from './smuggler.ts';

const PEOPLE = 6;

export interface SmuggledSession {
  sid: string;
  /** Words, tokens and nonces that may be found nowhere. */
  words: Set<string>;
  /** Opens the round of the first step of this kind; everybody answers, the first changes her mind. */
  vote: (kind: string, choice: (seat: number) => Choice) => Promise<void>;
  closeRound: () => Promise<void>;
  /** Ends the session; resolves with the receipt. */
  end: () => Promise<void>;
  close: () => void;
}

export async function smuggledSession(url: string, passphrase: string): Promise<SmuggledSession> {
  const smuggler = createSmuggler(url);
  const body = { workshop: 'staff-or-em', language: 'en', plan: 'full', policy: 'standard' };
  const { reply } = await post(`${url}/api/sessions`, { ...body, passphrase });
  if (!reply.ok) throw new Error(`no session was made: ${reply.reason}`);
  const made = reply as unknown as CreateReply;
  const [sid = '', hostToken = ''] = made.host.split('.');
  smuggler.words.add(hostToken).add(made.screen.split('.')[1] ?? '');

  await smuggler.knock(made.code);
  const host = await smuggler.connect('host', made.host);
  const screen = await smuggler.connect('screen', made.screen);
  const phones: Line[] = [];
  for (let seat = 0; seat < PEOPLE; seat++) phones.push(await smuggler.join(made.code));

  let talker = PEOPLE;
  const press = async (to: object | null | undefined) => {
    const { cursor } = host.view();
    // A slow disk makes Redis late, and the answer “try again”: whatever became of it, a view tells.
    await expect
      .poll(async () => {
        await host.ask('command', { do: 'move', from: cursor, to, confirm: true });
        const { view } = await host.ask<{ view?: HostView }>('sync');
        return view?.cursor;
      })
      .toEqual(to);
    await expect.poll(() => host.view().cursor).toEqual(to);
  };
  const ballot = (seat: number, version: number, choice: Choice) => {
    const { question } = host.view().round ?? { question: '' };
    return phones[seat]!.ask('ballot', { question, version, nonce: smuggler.nonce(), choice });
  };

  return {
    sid,
    words: smuggler.words,
    vote: async (kind, choice) => {
      await press(host.view().agenda.find((step) => step.kind === kind)?.landing);
      await press(host.view().next);
      for (const seat of phones.keys()) await ballot(seat, 1, choice(seat));
      await ballot(0, 2, choice(1));
      // Another one every time: whoever keeps at it is sent away.
      await smuggler.talk(phones[--talker]!, host.view().round?.question ?? '');
    },
    closeRound: () => press(host.view().next),
    end: async () => {
      await host.ask('end', { code: made.code });
    },
    close: () => [host, screen, ...phones].forEach((line) => line.close()),
  };
}
