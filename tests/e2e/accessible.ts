/** What every state of every face has to hold (WCAG 2.2 AA), and what a thumb on a small phone needs. */
import { expect, type Locator, type Page } from '@playwright/test';
import { complaints } from './axe.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** CSS pixels. */
const TARGET = 44;

type Scheme = 'light' | 'dark';
interface Looking {
  /** A selector of what was looked at before. */
  without?: string | undefined;
  schemes?: readonly Scheme[];
}

/**
 * axe finds nothing, in light and in dark. A soft expectation: one run tells of all states.
 * @param where for the message
 */
export async function accessible(page: Page, where: string, looking: Looking = {}): Promise<void> {
  const { without, schemes = ['light', 'dark'] } = looking;
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    // Only colours differ between the two.
    const runOnly = colorScheme === 'light' ? TAGS : ['color-contrast'];
    const found = await complaints(page, { runOnly }, without);
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

/** How much of an enlarged page may stay in place while the rest scrolls. */
const MOST_STUCK = 0.4;

/**
 * WCAG 1.4.4, 1.4.10: at 400 % zoom and with text of 200 % the page does not scroll sideways, what
 * stays in place leaves room for the rest, and this action can be pressed.
 */
export async function zooms(page: Page, where: string, action: Locator): Promise<void> {
  const before = page.viewportSize();
  for (const { name, width, height, text } of [
    { name: '400 %', width: 320, height: 211, text: '' },
    { name: 'text 200 %', width: 320, height: 640, text: '200%' },
  ]) {
    await page.setViewportSize({ width, height });
    await page.evaluate((size) => {
      document.documentElement.style.fontSize = size;
    }, text);
    await action.scrollIntoViewIfNeeded();
    const found = await action.evaluate((button, most) => {
      const { scrollWidth, clientWidth } = document.documentElement;
      const stuck = [...document.body.querySelectorAll('*')]
        .filter((each) => {
          const { position, top, bottom } = getComputedStyle(each);
          // A place far out of reach: it scrolls with the page.
          const sticks = [top, bottom].some((at) => parseFloat(at) > -innerHeight);
          return position === 'fixed' || (position === 'sticky' && sticks);
        })
        .reduce((sum, each) => sum + each.getBoundingClientRect().height, 0);
      const { left, top, right, bottom } = button.getBoundingClientRect();
      const middle = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
      return [
        ...(scrollWidth > clientWidth ? [`the page is ${scrollWidth}px wide`] : []),
        ...(stuck > most * innerHeight ? [`${stuck}px of ${innerHeight}px stay in place`] : []),
        ...(middle && button.contains(middle) ? [] : ['the action is covered']),
      ];
    }, MOST_STUCK);
    expect.soft(found, `${where}, ${name}`).toEqual([]);
  }
  if (before) await page.setViewportSize(before);
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '';
  });
}
