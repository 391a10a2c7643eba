/**
 * A clicker speaks to the window in front, which after “Full screen” is the wall's. That window may only
 * look (S3), so it hands the press to the console of the same browser, which presses with its own key.
 */
import type { HostKey } from './keys.ts';

const PRESSES = ['primary', 'back', 'black', 'code'] as const satisfies readonly HostKey[];
export type Press = (typeof PRESSES)[number];

/** A console in the same browser has answered long before this. */
const ANSWER_MS = 500;
const TAKEN = 'taken';

/** @param key what the clicker or keyboard asked for; a list of keys is for the console's own eyes */
export function isPress(key: HostKey | null): key is Press {
  return PRESSES.some((each) => each === key);
}

/** The wall's side. @param code of the room. @returns whether a console has taken the press */
export function passOn(code: string, press: Press): Promise<boolean> {
  const channel = open(code);
  return new Promise((resolve) => {
    const done = (taken: boolean) => {
      clearTimeout(patience);
      channel.close();
      resolve(taken);
    };
    const patience = setTimeout(() => done(false), ANSWER_MS);
    channel.onmessage = ({ data }) => {
      if (data === TAKEN) done(true);
    };
    channel.postMessage(press);
  });
}

/** The console's side. @param code of the room. @returns stops listening */
export function takeFrom(code: string, act: (press: Press) => void): () => void {
  const channel = open(code);
  channel.onmessage = ({ data }) => {
    const press = PRESSES.find((each) => each === data);
    if (!press) return;
    channel.postMessage(TAKEN);
    act(press);
  };
  return () => channel.close();
}

const open = (code: string) => new BroadcastChannel(`crossroads.keys.${code}`);
