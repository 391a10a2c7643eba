/** The Lua scripts: each change of state is one of them, so it happens at once or not at all. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

export interface Script {
  text: string;
  /** As EVALSHA names it. */
  sha: string;
}

const scripts = new Map<string, Script>();

/** A script of lua/ by its name. */
export function loadScript(name: string): Script {
  const known = scripts.get(name);
  if (known) return known;
  const text = readFileSync(new URL(`lua/${name}.lua`, import.meta.url), 'utf8');
  const script = { text, sha: createHash('sha1').update(text).digest('hex') };
  scripts.set(name, script);
  return script;
}
