/** Pages of thumbnails, so that a hundred pictures can be looked at in ten. */
import { readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Browser } from '@playwright/test';
import type { FaceName } from './modes.ts';

export interface Picture {
  path: string;
  title: string;
  face: FaceName;
  mode: string;
}

const COLUMNS: Record<FaceName, number> = { wall: 3, console: 3, phone: 6 };
const PER_SHEET: Record<FaceName, number> = { wall: 12, console: 12, phone: 12 };
const WIDTH = 1800;

/** Writes `index.html` with every picture, mode by mode. @returns its path */
export async function writeIndex(folder: string, pictures: readonly Picture[]): Promise<string> {
  const groups = Map.groupBy(pictures, ({ mode }) => mode);
  const sections = [...groups].map(
    ([mode, taken]) =>
      `<h2>${mode}</h2><div>${taken.map((each) => figure(each, relative(folder, each.path))).join('')}</div>`,
  );
  const path = join(folder, 'index.html');
  await writeFile(path, page(sections.join(''), '24rem'));
  return path;
}

/** Writes contact sheets, `sheet-<mode>-<n>.png`. @returns their paths */
export async function writeSheets(
  browser: Browser,
  folder: string,
  pictures: readonly Picture[],
): Promise<string[]> {
  const tab = await browser.newPage({ viewport: { width: WIDTH, height: 900 } });
  const paths: string[] = [];
  for (const [mode, taken] of Map.groupBy(pictures, ({ mode: name }) => name)) {
    const [{ face }] = taken as [Picture, ...Picture[]];
    for (let first = 0; first < taken.length; first += PER_SHEET[face]) {
      const part = taken.slice(first, first + PER_SHEET[face]);
      const figures = await Promise.all(
        part.map(async (each) => figure(each, await inline(each.path))),
      );
      const width = Math.floor(WIDTH / COLUMNS[face]) - 16;
      await tab.setContent(page(`<div>${figures.join('')}</div>`, `${width}px`));
      const path = join(folder, `sheet-${mode}-${first / PER_SHEET[face] + 1}.png`);
      await tab.screenshot({ path, fullPage: true });
      paths.push(path);
    }
  }
  await tab.close();
  return paths;
}

const inline = async (path: string) =>
  `data:image/png;base64,${(await readFile(path)).toString('base64')}`;

const figure = ({ title }: Picture, source: string) =>
  `<figure><img src="${source}" alt=""><figcaption>${title}</figcaption></figure>`;

const page = (body: string, width: string) =>
  `<!doctype html><meta charset="utf-8"><title>Every state</title><style>
    body { font: 14px sans-serif; margin: 8px; background: #888 }
    div { display: flex; flex-wrap: wrap; gap: 12px; align-items: start }
    figure { margin: 0; width: ${width} } img { width: 100% }
  </style>${body}`;
