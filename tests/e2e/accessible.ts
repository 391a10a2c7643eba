/** What every state of every face has to hold (WCAG 2.2 AA), and what a thumb on a small phone needs. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** CSS pixels. */
const TARGET = 44;

/** axe finds nothing, in light and in dark. A soft expectation: one run tells of all states. @param where for the message */
export async function accessible(page: Page, where: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // There are no frames; without this axe opens a page of its own for each call.
    const axe = new AxeBuilder({ page }).setLegacyMode();
    // Only colours differ between the two.
    const asked = colorScheme === 'light' ? axe.withTags(TAGS) : axe.withRules('color-contrast');
    const { violations } = await asked.analyze();
    const found = violations.flatMap(({ id, nodes }) =>
      nodes.map(
        ({ target, failureSummary }) => `${id} ${target.join(' ')} ${failureSummary ?? ''}`,
      ),
    );
    expect.soft(found, `${where}, ${colorScheme}`).toEqual([]);
  }
}

/** Nothing is wider than the phone, and whatever can be tapped is large enough for a thumb. */
export async function fitsThumbs(page: Page, where: string): Promise<void> {
  const found = await page.evaluate((least) => {
    const { scrollWidth } = document.documentElement;
    const wide = scrollWidth > screen.width ? [`the page is ${scrollWidth}px wide`] : [];
    const modal = document.querySelector('dialog[open]');
    const controls = [
      ...(modal ?? document).querySelectorAll('a[href], button, summary, input, select'),
    ].filter((each) => each.checkVisibility({ visibilityProperty: true }));
    const small = controls.flatMap((control) => {
      // A whole row is the target of its radio button.
      const { width, height } = (control.closest('label') ?? control).getBoundingClientRect();
      return Math.min(width, height) < least - 0.5
        ? [`${control.tagName} “${control.textContent?.trim()}” ${width} × ${height}`]
        : [];
    });
    return [...wide, ...small];
  }, TARGET);
  expect.soft(found, `${where}: sizes`).toEqual([]);
}
