import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { FIVE_IN_THREE } from '#core/disclosure.ts';
import { askedSchema, id } from '#slides/kind.ts';
import { agendaStep, kindOf, present, roundsOf, slideSchema, type Step } from '#slides/kinds.ts';
import { NAMES, order, POLES, RELEASE, stepsOf } from './steps.ts';

/** As a colleague's slip would: the release is handed over at every stage. */
const showing = (stage: string) => ({ stage, poles: POLES, release: () => RELEASE });
const empty = (stage: string) => ({ stage, poles: POLES, release: () => null });

function texts(json: string): { text: string; stage: string }[] {
  return [...json.matchAll(/text\d+@([a-z0-9-]+)/g)].map(([text, stage]) => ({
    text,
    stage: stage!,
  }));
}

/** How far a stage has come: an aside has revealed no more than the first. */
function reached(step: Step, stage: string): number {
  return Math.max(0, order(step).indexOf(stage));
}

function due(step: Step, stage: string): number {
  if (stage === 'always') return 0;
  const place = order(step).indexOf(stage);
  return place < 0 ? Number.POSITIVE_INFINITY : place;
}

const forEachStage = (step: Step, check: (stage: string, json: string) => void) => {
  for (const { id: stage } of kindOf(step).stages(step))
    check(stage, JSON.stringify(present(step, showing(stage))));
};

describe.each(NAMES)('%s', (name) => {
  const always = (check: (step: Step) => void) => {
    fc.assert(fc.property(stepsOf(name), check), { numRuns: 40 });
  };

  test('never reveals more than its stage, and nothing that is for the host alone', () => {
    always((step) => {
      forEachStage(step, (stage, json) => {
        const early = texts(json).filter((found) => due(step, found.stage) > reached(step, stage));
        expect(early, `at ${stage}`).toEqual([]);
        expect(json).not.toContain('topic-never');
      });
    });
  });

  test('leaves out nothing that its stage has revealed', () => {
    always((step) => {
      const all = texts(JSON.stringify(step));
      forEachStage(step, (stage, json) => {
        const spoken = all.filter((found) => due(step, found.stage) <= reached(step, stage));
        const missing = spoken.filter(({ text }) => !json.includes(text));
        // A distribution says one prompt at a time: the one that fits what it shows.
        if (name === 'distribution' && stage === 'statements')
          expect(missing.map((found) => found.stage)).toEqual(['shown']);
        else expect(missing, `at ${stage}`).toEqual([]);
      });
    });
  });

  test('DISC-5, DISC-9: no slide holds a release before the stage that shows it', () => {
    always((step) => {
      const shows = agendaStep(step).question !== null && order(step).includes('shown');
      forEachStage(step, (stage, json) => {
        const due = shows && reached(step, stage) >= order(step).indexOf('shown');
        expect(/77000[13]/.test(json), `at ${stage}`).toBe(due);
        const statements = name === 'distribution' && stage === 'statements';
        const holdsStatements = /(88|99)000\d/.test(json);
        if (name === 'distribution') expect(holdsStatements, `at ${stage}`).toBe(statements);
        if (!due) expect(holdsStatements).toBe(false);
      });
    });
  });

  test('every stage gives a slide of its schema, with and without a release, that survives the wire', () => {
    always((step) => {
      for (const { id: stage } of kindOf(step).stages(step))
        for (const how of [showing, empty]) {
          const slide = present(step, how(stage));
          expect(slide.kind).toBe(name);
          expect(kindOf(step).slide.parse(slide)).toEqual(slide);
          expect(slideSchema.parse(JSON.parse(JSON.stringify(slide)))).toEqual(slide);
        }
    });
  });

  test('stages: unique ids that fit a cursor, the first to look at, rounds in order', () => {
    always((step) => {
      const stages = kindOf(step).stages(step);
      const ids = stages.map((stage) => stage.id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const stage of ids) expect(id.safeParse(stage).success).toBe(true);
      expect(stages.filter(({ aside }) => !aside).length).toBeGreaterThan(0);
      expect(stages.every(({ aside, round }) => !(aside && round))).toBe(true);
      const roles = stages.flatMap(({ round }) => round ?? []);
      const asks = kindOf(step).round(step) !== null;
      if (asks) {
        expect(stages[0]?.round).toBeUndefined();
        expect(roles.slice(0, 2)).toEqual(['opens', 'closes']);
        expect(roles.slice(2).every((role) => role === 'published')).toBe(true);
      } else expect(roles.every((role) => role === 'published')).toBe(true);
      if (roles.length > 0) expect(agendaStep(step).question).not.toBeNull();
    });
  });
});

describe('what a round collects is what its faces draw', () => {
  const asked = (step: Step) => roundsOf([step]).get('asked');

  test('an option per cell in a poll; a spectrum nests five in three (DISC-2)', () => {
    fc.assert(
      fc.property(stepsOf('poll'), (step) => {
        const slide = present(step, empty('open'));
        const round = asked(step);
        if (slide.kind !== 'poll' || round?.form !== 'single') throw new Error('no poll');
        expect(round.cells).toBe(slide.options.length);
        expect(round.bands).toEqual(
          slide.spectrum ? FIVE_IN_THREE : slide.options.map((_, cell) => [cell]),
        );
      }),
    );
  });

  test('three cells in a myth and a movement, five in a trade-off', () => {
    for (const [name, cells, bands] of [
      ['myth', 3, [[0], [1], [2]]],
      ['movement', 3, [[0], [1], [2]]],
      ['tradeoff', 5, FIVE_IN_THREE],
    ] as const) {
      const [step] = fc.sample(stepsOf(name), 1);
      expect(asked(step!)).toEqual({ question: 'asked', form: 'single', cells, bands });
    }
  });

  test('DISC-4: marks in the order of the assessment’s own statements, poles as numbers', () => {
    fc.assert(
      fc.property(stepsOf('assessment'), (step) => {
        const slide = present(step, empty('open'));
        const round = asked(step);
        if (slide.kind !== 'assessment' || round?.form !== 'assessment') throw new Error('none');
        expect(round.statements).toEqual(slide.statements.map((statement) => statement.id));
        expect(slide.statements.map(({ pole }) => pole)).toEqual(
          slide.statements.map((_, index) => index % 2),
        );
      }),
    );
  });

  test('DISC-7: the early feeling asks nothing of the server', () => {
    const [step] = fc.sample(stepsOf('gut'), 1);
    expect(kindOf(step!).round(step!)).toBeNull();
    expect(agendaStep(step!).question).toBeNull();
  });

  test('T12: what asks says in words what it asked, with a label for each cell and statement', () => {
    for (const name of NAMES)
      for (const step of fc.sample(stepsOf(name), 20)) {
        const kind = kindOf(step);
        const round = kind.round(step);
        expect(kind.asked === undefined, name).toBe(round === null);
        if (!round || !kind.asked) continue;
        const said = askedSchema.parse(kind.asked(step));
        if (round.form === 'assessment')
          expect(Object.keys(said.statements ?? {})).toEqual(round.statements);
        else expect(said.statements).toBeUndefined();
        if (round.form === 'single' && said.scale.of === 'options')
          expect(said.scale.options).toHaveLength(round.cells);
        // Only what every phone was asked: nothing of what comes after the vote.
        const asking = JSON.stringify(present(step, empty(kind.stages(step)[0]!.id)));
        for (const { text } of texts(JSON.stringify(said))) expect(asking).toContain(text);
      }
  });

  test('DISC-2: no kind collects more than five cells, or a list of them', () => {
    for (const name of NAMES)
      for (const step of fc.sample(stepsOf(name), 20)) {
        const round = kindOf(step).round(step);
        if (round?.form === 'single') expect(round.cells).toBeLessThanOrEqual(5);
      }
  });
});

describe('ids', () => {
  test('a word that every record already has is no id', () => {
    expect(id.safeParse('constructor').success).toBe(false);
    expect(id.safeParse('constructors').success).toBe(true);
  });
});
