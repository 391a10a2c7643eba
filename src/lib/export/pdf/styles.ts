/** Sizes and columns of the summary, in points. */
import { PALETTE } from './palette.ts';
import { FULL, type Column, type Style } from './sheet.ts';

const { ink, soft } = PALETTE;
export const TITLE: Style = { size: 25, leading: 29, weight: 600, colour: ink };
export const LEAN: Style = { size: 19, leading: 24, weight: 600, colour: ink };
export const BODY: Style = { size: 10.5, leading: 15, weight: 400, colour: ink };
export const FIRM: Style = { ...BODY, weight: 600 };
export const QUIET: Style = { ...BODY, colour: soft };
export const BYLINE: Style = { ...BODY, size: 12, leading: 17 };
export const LABEL: Style = { ...BODY, weight: 600, colour: soft };
export const SMALL: Style = { size: 9, leading: 13, weight: 400, colour: soft };
export const CELL: Style = { ...BODY, size: 10, leading: 14 };

/** Labels stand in a narrow column; what they speak of keeps a readable measure beside it. */
export const MAIN: Column = { x: 183, width: FULL.x + FULL.width - 183 };
export const LABELS: Column = { x: FULL.x, width: MAIN.x - FULL.x - 16 };
/** From a shape's or bullet's left edge to its text. */
export const INDENT = 14;
export const ITEM: Column = { x: MAIN.x + INDENT, width: MAIN.width - INDENT };

/** Between parts of a section. */
export const GAP = 6;
