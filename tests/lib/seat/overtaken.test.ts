/** A version that was on its way when the mind changed once more, and then the round closed. */
import { expect, test } from 'vitest';
import {
  decide,
  due,
  heardRound,
  heardStanding,
  leaving,
  owesAnAnswer,
  stateOf,
} from '../../../src/lib/seat/ballot.ts';
import { draft, QUESTION } from './model.ts';

test('R4 the phone asks what counts, and says so', () => {
  const first = decide(undefined, draft(1), true, 'n1');
  const command = due(first, { question: QUESTION, status: 'open' });
  if (!command) throw new Error('nothing to send');
  const changed = decide(leaving(first, command), draft(2), true, 'n2');
  const late = heardRound(changed, { question: QUESTION, status: 'closed' });
  expect(stateOf(late, true)).toEqual({ is: 'closed', counted: 0 });
  expect(owesAnAnswer(late)).toBe(true);
  const told = heardStanding(late, 1, true);
  expect(stateOf(told, true)).toEqual({ is: 'closed', counted: 1 });
  expect(owesAnAnswer(told)).toBe(false);
});
