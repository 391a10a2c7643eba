/** What every scenario gets and gives. */
import type { Figure } from '../figures.ts';
import type { EngineName } from '../processes.ts';

export interface Setting {
  /** Smaller crowds, so that the whole bench ends within two minutes. */
  quick: boolean;
  /** Repetitions: at least five, always odd. */
  times: number;
  engines: readonly EngineName[];
  /** A line of progress. */
  say: (line: string) => void;
}

export type Scenario = (setting: Setting) => Promise<Figure[]>;

/** Runs `work` for every repetition, one after the other. */
export async function repeat<T>(times: number, work: (index: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  for (let index = 0; index < times; index += 1) results.push(await work(index));
  return results;
}
