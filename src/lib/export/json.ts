/**
 * The summary as JSON, format 2:
 *
 * ```
 * {
 *   "crossroads": 2,                 the format's version
 *   "kind": "take-home",
 *   "workshop": "Staff or EM?", "workshopId": "staff-or-em",    the id may be null
 *   "language": "en", "date": "2026-11-23",
 *   "name": null,                    or what was typed
 *   "poles": [{ "name", "short", "sum", "most" }, …],      points; two, in the workshop's order
 *   "lean": 1,                       0 strongly first … 2 balanced … 4 strongly second
 *   "reading": "first",              or second, both, hybrid, neither
 *   "sentence": "…",
 *   "strongest": [["…"], []], "weakest": [[], ["…"]],      texts, per pole
 *   "statements": [{ "id": "…", "pole": 0, "text": "…", "answer": 4 }, …],    answer 1 to 5
 *   "next": [{ "pole": 0, "tests": ["…"], "trials": ["…"] }],
 *   "room": null,                    or text
 *   "plan": null                     or what follows, each field but `audit` text or null:
 *   { "trial", "pole": 0 | 1 | null, "signal", "if", "then", "start", "half", "review": days,
 *     "audit": null or { "weeks": 4, "first": day, "last": day,
 *       "activities": [{ "name", "pole": 0 | 1 | null, "examples" }], "reading": ["…"] } }
 * }
 * ```
 *
 * A later format raises the version; unknown fields are passed over. Format 1 is read too: it had no
 * ids, and its plan was text.
 */
import { m } from '$lib/i18n/paraglide/messages';
import {
  date,
  field,
  isObject,
  list,
  MalformedTakeHome,
  oneOf,
  orNull,
  pair,
  text,
  textOrNull,
  wholeNumber,
  type Read,
} from './fields.ts';
import { plan, oldPlan } from './json-plan.ts';
import type { NextSteps, TakeHome, TakeHomePole, TakeHomeStatement } from './take-home.ts';

const FORMAT = 2;
const READINGS = ['first', 'second', 'both', 'hybrid', 'neither'] as const;

export function toJson(takeHome: TakeHome): string {
  return `${JSON.stringify({ crossroads: FORMAT, kind: 'take-home', ...takeHome }, null, 2)}\n`;
}

/**
 * Reads what `toJson` wrote.
 * @throws MalformedTakeHome whose message says in the interface's language what is wrong, and where
 */
export function parseTakeHome(json: string): TakeHome {
  const file = parsed(json);
  if (!isObject(file) || file.kind !== 'take-home') {
    throw new MalformedTakeHome(m.export_bad_kind());
  }
  const version = field(file, '', 'crossroads', wholeNumber(1, null, m.export_expected_points));
  if (version > FORMAT)
    throw new MalformedTakeHome(m.export_bad_version({ version, known: FORMAT }));
  const takeHome: TakeHome = {
    workshop: field(file, '', 'workshop', text),
    workshopId: version === 1 ? null : field(file, '', 'workshopId', textOrNull),
    language: field(file, '', 'language', language),
    date: field(file, '', 'date', date),
    name: field(file, '', 'name', textOrNull),
    poles: field(file, '', 'poles', pair(pole)),
    lean: field(file, '', 'lean', wholeNumber(0, 4, m.export_expected_lean)),
    reading: field(file, '', 'reading', oneOf(READINGS, m.export_expected_reading)),
    sentence: field(file, '', 'sentence', text),
    strongest: field(file, '', 'strongest', pair(list(text))),
    weakest: field(file, '', 'weakest', pair(list(text))),
    statements: field(file, '', 'statements', list(version === 1 ? oldStatement : statement)),
    next: field(file, '', 'next', list(nextSteps)),
    room: field(file, '', 'room', textOrNull),
    plan: field(file, '', 'plan', version === 1 ? oldPlan : orNull(plan)),
  };
  if (!addsUp(takeHome)) throw new MalformedTakeHome(m.export_bad_sums());
  return takeHome;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new MalformedTakeHome(m.export_bad_json());
  }
}

const points = wholeNumber(0, null, m.export_expected_points);
const side = oneOf([0, 1] as const, m.export_expected_pole);

const pole: Read<TakeHomePole> = (value, path) => ({
  name: field(value, path, 'name', text),
  short: field(value, path, 'short', text),
  sum: field(value, path, 'sum', points),
  most: field(value, path, 'most', points),
});

const oldStatement: Read<TakeHomeStatement> = (value, path) => ({
  id: null,
  pole: field(value, path, 'pole', side),
  text: field(value, path, 'text', text),
  answer: field(value, path, 'answer', wholeNumber(1, 5, m.export_expected_answer)),
});

const statement: Read<TakeHomeStatement> = (value, path) => ({
  ...oldStatement(value, path),
  id: field(value, path, 'id', textOrNull),
});

const nextSteps: Read<NextSteps> = (value, path) => ({
  pole: field(value, path, 'pole', side),
  tests: field(value, path, 'tests', list(text)),
  trials: field(value, path, 'trials', list(text)),
});

const language: Read<string> = (value, path) => {
  if (typeof value === 'string' && /^[a-z]{2}(-[A-Z]{2})?$/.test(value)) return value;
  throw MalformedTakeHome.at(path, m.export_expected_language());
};

function addsUp({ poles, statements }: TakeHome): boolean {
  return ([0, 1] as const).every((side) => {
    const own = statements.filter(({ pole }) => pole === side);
    const sum = own.reduce((total, { answer }) => total + answer, 0);
    return poles[side].sum === sum && poles[side].most === own.length * 5;
  });
}
