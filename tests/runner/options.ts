/** What is typed behind a command of the project; a slip ends it with a sentence, not with a stack. */
import { parseArgs, type ParseArgsConfig } from 'node:util';

/** As `parseArgs`; an unknown option, or one without its value, ends the process with code 2. */
export function optionsOf<Config extends ParseArgsConfig>(
  config: Config,
): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    const [slip = ''] = String((error as Error).message).split('. ');
    const known = Object.keys(config.options ?? {}).map((name) => `--${name}`);
    return end(`${slip}. There are: ${known.join(', ')}.`);
  }
}

/** A number from `least` on; anything else ends the process: a table of no runs must not look like one without losses. */
export function whole(name: string, given: string, least: number): number {
  const value = /^\d{1,9}$/.test(given) ? Number(given) : NaN;
  return value >= least
    ? value
    : end(`--${name} takes a whole number from ${least} on, not "${given}".`);
}

function end(sentence: string): never {
  console.error(sentence);
  process.exit(2);
}
