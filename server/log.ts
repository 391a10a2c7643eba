/** The log: an event type, a keyed hash of the room, an error code. Nothing else has a field (S8, DISC-11). */
import { createHmac, randomBytes } from 'node:crypto';
import { pino } from 'pino';

export interface Log {
  /** @param room a session id: only its keyed hash is written, under a key that ends with the process */
  event: (event: string, fields?: { room?: string; code?: string }) => void;
  /** An error that should not have happened: its name and code, never its message or payload. */
  fault: (event: string, error: unknown, room?: string) => void;
}

export function createLog(level: string): Log {
  const pinoLog = pino({ level, base: null });
  const key = randomBytes(32);
  const hash = (room: string) =>
    createHmac('sha256', key).update(room).digest('base64url').slice(0, 10);
  return {
    event: (event, fields = {}) => {
      const { room, code } = fields;
      pinoLog.info({
        event,
        ...(room === undefined ? {} : { room: hash(room) }),
        ...(code === undefined ? {} : { code }),
      });
    },
    fault: (event, error, room) => {
      pinoLog.error({
        event,
        ...(room === undefined ? {} : { room: hash(room) }),
        code: faultCode(error),
        at: faultPlace(error),
      });
    },
  };
}

function faultCode(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const code = 'code' in error && typeof error.code === 'string' ? `:${error.code}` : '';
  return error.name + code;
}

/** The top frames without the message, which could quote a payload, lines that look like frames included. */
function faultPlace(error: unknown): string[] {
  if (!(error instanceof Error) || !error.stack) return [];
  const frames = error.stack
    .replace(error.message, '')
    .split('\n')
    .filter((line) => /^\s+at /.test(line));
  return frames.slice(0, 3).map((line) => line.trim());
}
