/** The log itself, as a process prints it. */
import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('S8 of an error that quotes a payload the log has the kind and the place, and no more', () => {
  const script = `
    import { createLog } from '#server/log.ts';
    const log = createLog('debug');
    // As JSON.parse and zod do; the second line is made to look like a place.
    const error = new RangeError('CANARY is not valid\\n    at CANARY (CANARY:1:1)', { cause: 'CANARY' });
    log.fault('handshake', Object.assign(error, { code: 'E_CODE', payload: 'CANARY' }), 'CANARY');
    log.fault('handshake', 'CANARY');
    log.event('session-ended', { room: 'CANARY', code: 'E_CODE' });`;
  const words = ['--input-type=module', '--eval', script];
  const { stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(stdout).not.toContain('CANARY');
  const lines = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as object);
  expect(lines).toMatchObject([
    { code: 'RangeError:E_CODE' },
    { code: 'string' },
    { code: 'E_CODE' },
  ]);
  const fields = ['level', 'time', 'event', 'room', 'code', 'at'];
  for (const field of lines.flatMap((line) => Object.keys(line))) expect(fields).toContain(field);
});
