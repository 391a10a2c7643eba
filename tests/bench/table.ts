/** The bench's one table, in Markdown. */
import { isMet, type Figure } from './figures.ts';

export const HEAD =
  '| scenario | what | Crossroads | raw | ratio | least to most | target | |\n' +
  '| --- | --- | ---: | ---: | ---: | ---: | ---: | --- |';

export function row(figure: Figure): string {
  const { scenario, what, product, raw, spread, target } = figure;
  const met = isMet(figure);
  const cells = [
    scenario,
    what,
    short(product),
    raw === null ? '' : short(raw),
    raw === null ? '' : `${short(product / raw)} ×`,
    spread === null ? '' : spread.map(short).join(' to '),
    target === null ? '' : `≤ ${target}${raw === null ? '' : ' ×'}`,
    met === null ? '' : met ? 'met' : 'not met',
  ];
  return `| ${cells.join(' | ')} |`;
}

/** Three digits that count. */
function short(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(3)));
}
