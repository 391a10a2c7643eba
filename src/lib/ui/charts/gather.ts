/** Where dots and bars stand in a plot of columns. Pure geometry, in pixels of the measured plot. */

export interface Dot {
  column: number;
  x: number;
  y: number;
}

export interface Gathering {
  /** Side of the square that one dot may fill. */
  pitch: number;
  /** Column by column, row by row from the ground up: who is who cannot be told. */
  dots: Dot[];
}

/** Of a column's width; the rest is air. */
const FILL = 0.86;
/** A dot is at most this share of the plot's height, so that small rooms stay a picture. */
const LARGEST = 1 / 3.6;

/**
 * Stacks one dot per person on the ground line of its column.
 * @param counts people per column
 * @param width of the plot, px
 * @param height of the plot, px
 */
export function gather(counts: readonly number[], width: number, height: number): Gathering {
  const column = width / Math.max(1, counts.length);
  const tallest = Math.max(1, ...counts);
  const { abreast, pitch } = fit(tallest, column * FILL, height);
  const dots = counts.flatMap((count, index) =>
    Array.from({ length: count }, (_, person) => {
      const row = Math.floor(person / abreast);
      const inRow = Math.min(abreast, count - row * abreast);
      const offset = (person % abreast) - (inRow - 1) / 2;
      return {
        column: index,
        x: column * (index + 0.5) + offset * pitch,
        y: height - pitch * (row + 0.5),
      };
    }),
  );
  return { pitch, dots };
}

/** Where the same dots wait before they part: one line in the middle, rising from the ground. */
export function beforeParting(count: number, width: number, height: number, pitch: number): Dot[] {
  const step = Math.min(pitch * 0.6, (height - pitch) / Math.max(1, count - 1));
  return Array.from({ length: count }, (_, person) => ({
    column: 0,
    x: width / 2,
    y: height - pitch / 2 - person * step,
  }));
}

const THREADS = 25;

/**
 * The threads of a veil in a box of 200 by 100: the same for every veiled room, so that the picture
 * holds no more than its sentence (DISC-3).
 * @param arched over a place between the poles; else as high as a row
 */
export function threads(arched: boolean): { x: number; top: number }[] {
  return Array.from({ length: THREADS }, (_, index) => {
    const share = index / (THREADS - 1);
    const arch = 86 - 82 * Math.sqrt(1 - (share * 2 - 1) ** 2);
    return { x: 4 + share * 192, top: arched ? arch : 8 };
  });
}

/** The fewest dots abreast that let them be as large as they can. */
function fit(tallest: number, width: number, height: number): { abreast: number; pitch: number } {
  let best = { abreast: 1, pitch: 0 };
  for (let abreast = 1; abreast <= tallest; abreast++) {
    const rows = Math.ceil(tallest / abreast);
    const pitch = Math.min(width / abreast, height / rows, height * LARGEST);
    if (pitch > best.pitch + 0.01) best = { abreast, pitch };
  }
  return best;
}
