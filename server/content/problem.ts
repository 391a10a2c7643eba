/** What can be wrong with content, told so that its author finds the place. */

export interface Problem {
  /** As the author would open it from the working directory. */
  file: string;
  /** From 1; 0 when the whole file or folder is meant. */
  line: number;
  /** Path of the field, such as `columns[0].lines[2]`; empty when no field is meant. */
  field: string;
  /** What was expected and what was found. */
  message: string;
}

/** Content that cannot be used, with everything that is wrong about it. */
export class ContentError extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(problems.map(describeProblem).join('\n'));
    this.name = 'ContentError';
    this.problems = problems;
  }
}

/** `content/x/en/03-premise.md:7: minutes: expected …`: a form that editors and terminals make clickable. */
export function describeProblem({ file, line, field, message }: Problem): string {
  const place = line > 0 ? `${file}:${line}` : file;
  return [place, field, message].filter((part) => part !== '').join(': ');
}

/** @param path keys and indexes as zod gives them */
export function fieldName(path: readonly PropertyKey[]): string {
  return path.reduce<string>((name, key) => {
    if (typeof key === 'number') return `${name}[${key}]`;
    return name === '' ? String(key) : `${name}.${String(key)}`;
  }, '');
}
