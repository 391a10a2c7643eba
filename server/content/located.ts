/** YAML and front matter, read so that every field still knows its line. */
import {
  isMap,
  isNode,
  isScalar,
  LineCounter,
  parseDocument,
  type Document,
  type ErrorCode,
} from 'yaml';
import { fieldName, type Problem } from './problem.ts';

/** A parsed file. `data` is null when `problems` says why nothing could be read. */
export interface Located {
  file: string;
  data: unknown;
  problems: Problem[];
  /** A problem at the field `path`, or at the nearest field around it that is there. */
  at: (path: readonly PropertyKey[], message: string) => Problem;
  /** The same for a key that should not be there. */
  atKey: (path: readonly PropertyKey[], key: string, message: string) => Problem;
}

/** What the slips that authors make most often mean in plain words. */
const HINTS: Partial<Record<ErrorCode, string>> = {
  BLOCK_AS_IMPLICIT_KEY: 'put text that contains a colon in quotes',
  DUPLICATE_KEY: 'a field stands here twice',
  TAB_AS_INDENT: 'indent with spaces, not with a tab',
};

/** @param firstLine the line of the file on which `source` begins, from 1 */
export function locateYaml(file: string, source: string, firstLine = 1): Located {
  const counter = new LineCounter();
  const document = parseDocument(source, { lineCounter: counter, prettyErrors: false });
  const lineOf = (offset: number) => counter.linePos(offset).line + firstLine - 1;
  // After a tab the parser finds much that is no fault of its own.
  const tab = document.errors.find(({ code }) => code === 'TAB_AS_INDENT');
  const problems = (tab ? [tab] : document.errors).map(({ pos, code, message }) => ({
    file,
    line: lineOf(pos[0]),
    field: '',
    message: `expected YAML: ${HINTS[code] ?? message}`,
  }));
  const at: Located['at'] = (path, message) => ({
    file,
    line: lineOf(offsetOf(document, path)),
    field: fieldName(path),
    message,
  });
  const atKey: Located['atKey'] = (path, key, message) => ({
    file,
    line: lineOf(keyOffset(document, path, key) ?? offsetOf(document, path)),
    field: fieldName([...path, key]),
    message,
  });
  return { file, data: problems.length > 0 ? null : document.toJS(), problems, at, atKey };
}

const FENCE = /^---[ \t]*$/;

/**
 * A step's file: front matter between two lines of `---`, notes below. The notes become the field
 * `notes`, wrapped lines joined, so that authors may break lines where they like.
 */
export function locateMarkdown(file: string, source: string): Located {
  const lines = source.replace(/^\uFEFF/, '').split(/\r?\n/);
  const end = lines.findIndex((line, index) => index > 0 && FENCE.test(line));
  if (!FENCE.test(lines[0] ?? '') || end < 0) {
    const line = FENCE.test(lines[0] ?? '') ? lines.length : 1;
    const message = 'expected the fields of the step between two lines of ---';
    const problem = { file, line, field: '', message };
    return { file, data: null, problems: [problem], at: () => problem, atKey: () => problem };
  }
  const front = locateYaml(file, lines.slice(1, end).join('\n'), 2);
  const notes = unwrapped(lines.slice(end + 1));
  return { ...front, ...withNotes(front, notes, end + 1) };
}

function withNotes(front: Located, notes: string, fenceLine: number): Partial<Located> {
  const { file, data, at } = front;
  const placed: Located['at'] = (path, message) =>
    path[0] === 'notes' ? { file, line: fenceLine, field: 'notes', message } : at(path, message);
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return { at: placed };
  if ('notes' in data) {
    const message = 'expected the notes below the second ---, not among the fields';
    return { data: null, problems: [at(['notes'], message)] };
  }
  return { at: placed, data: { ...data, notes } };
}

/** Paragraphs stay apart, lists keep their lines, everything else is joined. */
function unwrapped(lines: string[]): string {
  return lines
    .map((line) => line.trimEnd())
    .join('\n')
    .trim()
    .replace(/\n{3,}/g, '\n\n')
    .replace(/([^\n])\n(?!\n|[-*] )/g, '$1 ');
}

/** Where the value stands; a value that is missing counts as standing where its parent begins. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (!isNode(node) || !node.range) continue;
    const parent = path.slice(0, length - 1);
    const key = path[length - 1];
    // A block that starts on the line after its key is looked for at the key.
    return typeof key === 'string'
      ? (keyOffset(document, parent, key) ?? node.range[0])
      : node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}

function keyOffset(document: Document, path: readonly PropertyKey[], key: string): number | null {
  const around: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
  if (!isMap(around)) return null;
  const pair = around.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
  return isScalar(pair?.key) ? (pair.key.range?.[0] ?? null) : null;
}
