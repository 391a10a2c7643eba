/** Takes a face's picture in each of its modes. */
import { join } from 'node:path';
import type { BrowserContextOptions, Page } from '@playwright/test';
import { results } from '../runner/steps.ts';
import { MODES, type FaceName } from './modes.ts';

/** `GALLERY=en` has the browser tests take pictures in English; without it they speak German. */
export const taking = process.env.GALLERY !== undefined;
export const LANGUAGE = process.env.GALLERY ?? 'de';
/** How the names of the states begin that are wanted. */
export const ONLY = process.env.GALLERY_ONLY ?? '';
const folder = join(results, 'gallery', LANGUAGE);

/** Where a picture goes: `<mode>/<state>.png`. */
const pathOf = (mode: string, state: string) => join(folder, mode, `${state}.png`);

/** A phone's picture is as long as its page; a console's and a wall's is what is in sight. @param options to come back to */
export async function takePictures(
  page: Page,
  face: FaceName,
  state: string,
  options: BrowserContextOptions,
): Promise<void> {
  for (const { name, text, options: asked } of MODES.filter((mode) => mode.face === face)) {
    await look(page, asked, text);
    const path = pathOf(name, state);
    await page.screenshot({ path, fullPage: face === 'phone', animations: 'disabled' });
  }
  await look(page, options);
}

async function look(page: Page, options: BrowserContextOptions, text?: number): Promise<void> {
  if (options.viewport) await page.setViewportSize(options.viewport);
  await page.emulateMedia({
    colorScheme: options.colorScheme ?? 'light',
    forcedColors: options.forcedColors ?? 'none',
  });
  await page.evaluate(
    (size) => {
      document.documentElement.style.fontSize = size;
    },
    text ? `${text}%` : '',
  );
}
