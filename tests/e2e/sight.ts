/** What an eye would find first: a text in the colour of its ground, a text that is cut off. */
import { expect, type Page } from '@playwright/test';

/** Texts that are drawn, as elements that hold one themselves. To run in the page. */
const TEXTS = `[...document.querySelectorAll('body *')].filter((element) =>
  element.checkVisibility({ visibilityProperty: true, opacityProperty: true }) &&
  !element.closest('.visually-hidden, #svelte-announcer') &&
  [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()))`;

/** Forced colours: no text has the colour of what lies under it. A forced label gets a ground of paper, whatever ours was. */
export async function readable(page: Page, where: string): Promise<void> {
  const found = await page.evaluate(`(() => {
    const CLEAR = 'rgba(0, 0, 0, 0)';
    const paper = getComputedStyle(document.body).backgroundColor;
    return ${TEXTS}.flatMap((element) => {
      const { color, forcedColorAdjust } = getComputedStyle(element);
      let under = element;
      while (under && getComputedStyle(under).backgroundColor === CLEAR) under = under.parentElement;
      const ours = under ? getComputedStyle(under).backgroundColor : paper;
      const ground = forcedColorAdjust === 'none' ? ours : paper;
      return color === ground ? [element.textContent.trim() + ' (' + color + ')'] : [];
    });
  })()`);
  expect.soft(found, `${where}: text in the colour of its ground`).toEqual([]);
}

/**
 * No text ends at the edge of a box that cuts off, or of the window; what scrolls may reach below it.
 * @param still the face does not scroll
 */
export async function whole(page: Page, where: string, still: boolean): Promise<void> {
  const found = await page.evaluate(`(() => {
    const SLACK = 2;
    // Of a font's size: glyphs' boxes are taller than their lines.
    const TALLER = 0.4;
    const still = ${still};
    return ${TEXTS}.flatMap((element) => {
      const rects = [...element.childNodes].filter(({ nodeType }) => nodeType === 3).flatMap((node) => {
        const range = document.createRange();
        range.selectNodeContents(node);
        return [...range.getClientRects()];
      });
      if (rects.length === 0) return [];
      const [left, top] = [Math.min(...rects.map((each) => each.left)), Math.min(...rects.map((each) => each.top))];
      const [right, bottom] = [Math.max(...rects.map((each) => each.right)), Math.max(...rects.map((each) => each.bottom))];
      const slack = parseFloat(getComputedStyle(element).fontSize) * TALLER;
      const beyond = (box, sideways, upright) =>
        (sideways && (left < box.left - SLACK || right > box.right + SLACK)) ||
        (upright && (top < box.top - slack || bottom > box.bottom + slack));
      const said = (what) => [element.textContent.trim().slice(0, 60) + ' ends at ' + what];
      let free = { x: false, y: false };
      for (let box = element; box && box !== document.body; box = box.parentElement) {
        const { overflowX, overflowY } = getComputedStyle(box);
        const cuts = (flow) => flow === 'hidden' || flow === 'clip';
        const scrolls = (flow) => flow === 'auto' || flow === 'scroll';
        if (beyond(box.getBoundingClientRect(), cuts(overflowX) && !free.x, cuts(overflowY) && !free.y))
          return said(box.className || box.tagName);
        free = { x: free.x || scrolls(overflowX), y: free.y || scrolls(overflowY) };
      }
      const view = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
      return beyond(view, !free.x, still && !free.y) ? said('the window') : [];
    });
  })()`);
  expect.soft(found, `${where}: cut off`).toEqual([]);
}
