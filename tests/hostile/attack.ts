/** A hostile client as a process of its own; told by its parent what to attack, when to begin and to end. */
import { ATTACKERS, type Target } from './attackers.ts';

export interface Order {
  attacker: string;
  target: Target;
}

let round = 0;
process.on('message', (order: Order | 'rest' | 'end') => {
  if (order === 'end') process.exit(0);
  const own = ++round;
  if (order === 'rest') return;
  const attack = ATTACKERS[order.attacker];
  void attack?.(order.target, () => round === own).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
