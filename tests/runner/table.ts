/** @returns two or more columns for the terminal, the first one aligned left, the others right */
export function table(rows: (readonly [string, ...(string | number)[]])[]): string {
  const text = rows.map((row) => row.map(String));
  const widths = (text[0] ?? []).map((_, at) =>
    Math.max(...text.map((row) => row[at]?.length ?? 0)),
  );
  return text
    .map((row) =>
      row
        .map((cell, at) =>
          at === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[at] ?? 0),
        )
        .join('  '),
    )
    .join('\n');
}
