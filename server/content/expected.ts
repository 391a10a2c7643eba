/** Turns what zod found into “expected …, got …”, from the whole expectation of the schema. */
import { z } from 'zod';
import type { Located } from './located.ts';
import { describeProblem, type Problem } from './problem.ts';

/** The part of JSON Schema that our schemas come to. */
interface Shape {
  type?: string;
  description?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Shape[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  items?: Shape | false;
  prefixItems?: Shape[];
  properties?: Record<string, Shape>;
  additionalProperties?: Shape | boolean;
  propertyNames?: Shape;
}

/**
 * Parses a file's data.
 * @returns the value, or null and every problem at its line
 */
export function parseLocated<T>(
  located: Located,
  schema: z.ZodType<T>,
): { value: T; problems: [] } | { value: null; problems: Problem[] } {
  if (located.problems.length > 0) return { value: null, problems: located.problems };
  const result = schema.safeParse(located.data);
  if (result.success) return { value: result.data, problems: [] };
  const shape = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Shape;
  const problems = result.error.issues.flatMap((issue) => sentences(issue, shape, located));
  // Several rules of one field come to the same sentence, because it tells the whole expectation.
  const once = new Map(problems.map((problem) => [describeProblem(problem), problem]));
  return { value: null, problems: [...once.values()] };
}

function sentences(issue: z.core.$ZodIssue, whole: Shape, located: Located): Problem[] {
  const { path } = issue;
  if (issue.code === 'custom') return [located.at(path, issue.message)];
  const branch = issue.code === 'invalid_union' ? nearest(issue.errors) : undefined;
  if (branch)
    return branch.flatMap((inner) =>
      sentences({ ...inner, path: [...path, ...inner.path] }, whole, located),
    );
  const shape = shapeAt(whole, path);
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(shape?.properties ?? {}).filter((key) => key !== 'notes');
    return issue.keys.map((key) =>
      located.atKey(path, key, `expected no such field; there may be: ${known.join(', ')}`),
    );
  }
  if (issue.code === 'invalid_key') {
    const name = String(path.at(-1));
    const around = shapeAt(whole, path.slice(0, -1));
    const names = [around, ...(around?.anyOf ?? [])].find((part) => part?.propertyNames);
    const wanted = describe(names?.propertyNames ?? {});
    return [located.atKey(path.slice(0, -1), name, `expected a name of ${wanted}`)];
  }
  const wanted = shape ? describe(shape) : issue.message;
  return [located.at(path, `expected ${wanted}, got ${found(valueAt(located.data, path))}`)];
}

/** The alternative of a union that was meant: the one where only something inside is wrong. */
function nearest(branches: z.core.$ZodIssue[][]): z.core.$ZodIssue[] | undefined {
  return branches.find((branch) =>
    branch.every(({ path, code }) => path.length > 0 || code === 'unrecognized_keys'),
  );
}

/** What a field must be, in words: “a number from 0.5 to 60”. */
function describe(shape: Shape): string {
  if (shape.description !== undefined) return shape.description;
  if (shape.const !== undefined) return JSON.stringify(shape.const);
  if (shape.enum) return shape.enum.map((value) => JSON.stringify(value)).join(' or ');
  if (shape.anyOf) return shape.anyOf.map(describe).join(', or ');
  switch (shape.type) {
    case 'string':
      if (shape.minLength === 1 && shape.maxLength === undefined) return 'some text';
      return `text${bounds(shape.minLength, shape.maxLength, 'characters')}`;
    case 'number':
      return `a number${bounds(shape.minimum, shape.maximum)}`;
    case 'integer':
      return `a whole number${bounds(shape.minimum, shape.maximum)}`;
    case 'boolean':
      return 'true or false';
    case 'array':
      return `a list${bounds(shape.minItems, shape.maxItems, 'entries')}`;
    default:
      return shape.properties
        ? `fields (${Object.keys(shape.properties).join(', ')})`
        : 'fields with values';
  }
}

function bounds(least: number | undefined, most: number | undefined, unit?: string): string {
  const low = least !== undefined && least > Number.MIN_SAFE_INTEGER ? least : undefined;
  const high = most !== undefined && most < Number.MAX_SAFE_INTEGER ? most : undefined;
  const of = unit ? ' of' : '';
  const units = unit ? ` ${unit}` : '';
  if (low === undefined && high === undefined) return '';
  if (high === undefined) return `${of} at least ${low ?? ''}${units}`;
  if (low === undefined) return `${of} at most ${high}${units}`;
  if (low === high) return `${of || ' of'} exactly ${low}${units}`;
  return unit ? ` of ${low} to ${high}${units}` : ` from ${low} to ${high}`;
}

const LONGEST_QUOTE = 40;

function found(value: unknown): string {
  if (value === undefined || value === null || value === '') return 'nothing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object') return 'fields';
  if (typeof value !== 'string') return JSON.stringify(value);
  return value.length > LONGEST_QUOTE
    ? `${value.length} characters: "${value.slice(0, LONGEST_QUOTE)}…"`
    : `"${value}"`;
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null
        ? (value as Record<PropertyKey, unknown>)[key]
        : undefined,
    data,
  );
}

function shapeAt(whole: Shape, path: readonly PropertyKey[]): Shape | null {
  return path.reduce<Shape | null>((shape, key) => shape && inside(shape, key), whole);
}

function inside(shape: Shape, key: PropertyKey): Shape | null {
  if (shape.anyOf) {
    const parts = shape.anyOf.map((part) => inside(part, key)).filter((part) => part !== null);
    return parts[0] ?? null;
  }
  if (typeof key === 'number') {
    const item = shape.prefixItems?.[key] ?? shape.items;
    return typeof item === 'object' ? item : null;
  }
  const named = shape.properties?.[String(key)];
  if (named) return named;
  return typeof shape.additionalProperties === 'object' ? shape.additionalProperties : null;
}
