/** Named moments on the way from a host's command to what everybody sees, where tests cut the power (T4). */
export const POINTS = [
  'before-commit',
  'committed',
  'ballots-read',
  'release-computed',
  'release-stored',
  'made-durable',
  'before-broadcast',
  /** The host has its frame, screen and phones do not. */
  'half-broadcast',
  'before-reply',
] as const;
export type Point = (typeof POINTS)[number];

/** Told of every pass; what it returns is waited for. @param sid the session that passes */
export type OnPoint = (point: Point, sid: string) => void | Promise<void>;

/** What every server outside the tests does. */
export const passBy: OnPoint = () => undefined;
