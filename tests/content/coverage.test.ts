import { describe, expect, it } from 'vitest';
import type { Step } from '#slides/kinds.ts';
import { readTopics, topicsOf } from '#server/content/topics.ts';
import { languages, plan, topics } from './crossroads.ts';

const { steps } = plan('full');

function uncovered(among: readonly Step[]): string[] {
  const named = new Set(among.flatMap((step) => topicsOf(step).map(({ topic }) => topic)));
  return topics.filter((topic) => !named.has(topic));
}

describe('topics', () => {
  it.each(languages)('every topic is covered by some content (%s)', (language) => {
    expect(topics.length).toBeGreaterThan(150);
    expect(uncovered(plan('full', language).steps)).toEqual([]);
  });

  it.each(languages)('content names no topic that is not listed (%s)', (language) => {
    const known = new Set(topics);
    const named = plan('full', language).steps.flatMap((step) =>
      topicsOf(step).map(({ topic }) => topic),
    );
    expect(named.filter((topic) => !known.has(topic))).toEqual([]);
  });

  it('a dropped step shows as uncovered facts', () => {
    const without = steps.filter(({ id }) => id !== 'staff-story');
    expect(uncovered(without)).toContain('staff.story.4');
  });

  it('a topic with parts is covered by its parts alone', () => {
    expect(topics).toContain('hard.weeks.incidents');
    expect(topics).not.toContain('hard.weeks');
  });

  it('finds topics on steps, columns, lines, statements and tips', () => {
    const named = steps.flatMap((step) => topicsOf(step).map(({ path }) => path.join('.')));
    expect(named).toEqual(
      expect.arrayContaining([
        'topics.0',
        'columns.0.lines.0.topics.0',
        'statements.0.topics.0',
        'regret.topics.0',
        'trials.1.0.topics.0',
      ]),
    );
  });

  it('a slip in the list of topics is told with its line', () => {
    const { problems } = readTopics('topics.yaml', 'a.b: fact\na.c:\n  Part One: fact\n');
    expect(problems).toEqual([
      {
        file: 'topics.yaml',
        line: 3,
        field: 'a.c.Part One',
        message: 'expected a name of lower-case letters and digits joined by dashes',
      },
    ]);
  });
});
