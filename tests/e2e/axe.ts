/** axe, put into a page once: a run then takes a tenth of what an injection for each would. */
import axe from 'axe-core';
import type { Page } from '@playwright/test';

interface Axe {
  run: (context: object, options: object) => Promise<{ violations: Violation[] }>;
}

interface Violation {
  id: string;
  nodes: { target: string[]; failureSummary?: string }[];
}

/**
 * @param options of axe, as plain data
 * @param without selectors of what is left out, between commas
 * @returns what it finds, one line per element
 */
export async function complaints(
  page: Page,
  options: object = {},
  without?: string,
): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const context = without ? { exclude: without.split(', ') } : { include: ['html'] };
  return page.evaluate(
    async ([where, asked]) => {
      const { axe: loaded } = window as unknown as { axe: Axe };
      const { violations } = await loaded.run(where, { ...asked, resultTypes: ['violations'] });
      return violations.flatMap(({ id, nodes }) =>
        nodes.map(
          ({ target, failureSummary }) => `${id} ${target.join(' ')} ${failureSummary ?? ''}`,
        ),
      );
    },
    [context, options] as const,
  );
}
