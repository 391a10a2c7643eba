/** The topics a content folder knows, and which of them a step covers. */
import { z } from 'zod';
import { id } from '#slides/kind.ts';
import type { WorkbookFile } from '#protocol/workbook.ts';
import type { Step } from '#slides/kinds.ts';
import { parseLocated } from './expected.ts';
import { locateYaml } from './located.ts';
import type { Problem } from './problem.ts';

const part = z
  .string()
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/)
  .describe('lower-case letters and digits joined by dashes');
const fact = z.string().trim().min(1);

/** Topic id → the fact in a few words, or its parts where it lists several facts. */
const topicsFile = z.record(
  id,
  z.union([fact, z.record(part, fact)]).describe('a fact in a few words, or its parts by name'),
);

/**
 * Reads `topics.yaml`. A topic with parts is not itself a topic to cover: `a.b` with the parts
 * `one` and `two` gives the topics `a.b.one` and `a.b.two`, so that no part can be dropped.
 */
export function readTopics(
  file: string,
  source: string,
): { topics: string[]; problems: Problem[] } {
  const { value, problems } = parseLocated(locateYaml(file, source), topicsFile);
  if (!value) return { topics: [], problems };
  const topics = Object.entries(value).flatMap(([topic, fact]) =>
    typeof fact === 'string' ? [topic] : Object.keys(fact).map((part) => `${topic}.${part}`),
  );
  return { topics, problems };
}

/** A topic that content names, and where in the step it does. */
interface Named {
  topic: string;
  path: (string | number)[];
}

/** Every topic that a step, a workbook or a part of it names, however deep. */
export function topicsOf(content: Step | WorkbookFile): Named[] {
  return collect(content, []);
}

function collect(value: unknown, path: (string | number)[]): Named[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value))
    return value.flatMap((item: unknown, index) => collect(item, [...path, index]));
  return Object.entries(value).flatMap(([key, inner]: [string, unknown]) =>
    key === 'topics' && Array.isArray(inner)
      ? inner.map((topic, index) => ({ topic: String(topic), path: [...path, key, index] }))
      : collect(inner, [...path, key]),
  );
}
