/** The environment, read once. Every variable is in `.env.example`. */
import { networkInterfaces } from 'node:os';
import { z } from 'zod';
import { readProxies, type Proxies } from './proxies.ts';

export interface Config {
  port: number;
  host: string;
  /** Public addresses (scheme, host, port) this server answers to; empty: whatever it is asked by. */
  origins: string[];
  redisUrl: string | null;
  dataDir: string;
  /** Seals the ballots; null: the embedded store makes and keeps its own. */
  secret: string | null;
  operator: string | null;
  passphrase: string | null;
  /** Whoever reads /metrics shows this as a bearer token; null: there are no metrics. */
  metricsToken: string | null;
  maxSeats: number;
  maxSessions: number;
  trustProxy: Proxies;
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug';
  /** Folders of workshops, in the order of the start page. */
  contentDirs: string[];
}

/** The message lists every bad variable with what was expected. */
export class ConfigError extends Error {}

const optional = z
  .string()
  .trim()
  .transform((value) => value || null);
/** Digits alone: a blank would else be 0, which is a port of the system's choice. */
const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .trim()
    .refine(
      (value) => /^\d{1,9}$/.test(value) && Number(value) >= least && Number(value) <= most,
      `a whole number from ${least} to ${most}`,
    )
    .transform(Number);
const origin = (value: string) => {
  const url = URL.canParse(value) ? new URL(value) : null;
  return url && /^https?:$/.test(url.protocol) && url.origin === value.replace(/\/$/, '')
    ? url.origin
    : null;
};

const environment = z.object({
  PORT: wholeNumber(0, 65535).default(3000),
  HOST: z.string().trim().min(1, 'an address such as 0.0.0.0').default('0.0.0.0'),
  ORIGIN: z
    .string()
    .default('')
    .transform((value) =>
      value
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    )
    .refine((values) => values.every((value) => origin(value) !== null), {
      message: 'addresses without a path, such as https://crossroads.example, separated by commas',
    })
    .transform((values) => values.map((value) => origin(value) ?? '')),
  REDIS_URL: optional
    .refine(
      (value) =>
        value === null || (URL.canParse(value) && /^rediss?:$/.test(new URL(value).protocol)),
      'an address such as redis://localhost:6379',
    )
    .default(null),
  DATA_DIR: z.string().trim().min(1, 'a folder').default('./data'),
  CROSSROADS_SECRET: optional
    .refine((value) => value === null || value.length >= 32, 'at least 32 random characters')
    .default(null),
  OPERATOR_NAME: optional
    .refine((value) => value === null || value.length <= 80, 'at most 80 characters')
    .default(null),
  CREATE_PASSPHRASE: optional
    .refine((value) => value === null || value.length <= 200, 'at most 200 characters')
    .default(null),
  METRICS_TOKEN: optional
    .refine((value) => value === null || value.length >= 16, 'at least 16 characters')
    .default(null),
  MAX_SEATS: wholeNumber(5, 20_000).default(1000),
  MAX_SESSIONS: wholeNumber(1, 100_000).default(500),
  TRUST_PROXY: z
    .string()
    .trim()
    .transform(readProxies)
    .refine(
      (value) => value !== null,
      'true, the number of proxies, or their addresses separated by commas (loopback, 10.0.0.0/8)',
    )
    .transform((value): Proxies => value ?? false)
    .default(false),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug'], 'fatal, error, warn, info or debug')
    .default('info'),
  CONTENT_DIR: z
    .string()
    .default('')
    .transform(contentDirs)
    .refine((dirs) => dirs.length > 0, 'a folder, or several separated by commas'),
});

/** The names of all settings. */
export const VARIABLES: readonly string[] = Object.keys(environment.shape);

/**
 * Reads the environment; an empty variable counts as unset.
 * @throws ConfigError naming each bad variable, what was expected and what was given
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => {
      const name = String(path[0]);
      const value = SECRET.has(name) ? 'something else' : JSON.stringify(given[name]);
      return `  ${name}: expected ${message}, got ${value}`;
    });
    throw new ConfigError(`Bad settings in the environment:\n${problems.join('\n')}`);
  }
  const settings = parsed.data;
  if (settings.REDIS_URL && !settings.CROSSROADS_SECRET)
    throw new ConfigError(
      'CROSSROADS_SECRET is needed with REDIS_URL: it seals the ballots, and Redis must never hold it. ' +
        'Make one with: openssl rand -base64 32',
    );
  return {
    port: settings.PORT,
    host: settings.HOST,
    origins: settings.ORIGIN,
    redisUrl: settings.REDIS_URL,
    dataDir: settings.DATA_DIR,
    secret: settings.CROSSROADS_SECRET,
    operator: settings.OPERATOR_NAME,
    passphrase: settings.CREATE_PASSPHRASE,
    metricsToken: settings.METRICS_TOKEN,
    maxSeats: settings.MAX_SEATS,
    maxSessions: settings.MAX_SESSIONS,
    trustProxy: settings.TRUST_PROXY,
    logLevel: settings.LOG_LEVEL,
    contentDirs: settings.CONTENT_DIR,
  };
}

/**
 * Folders of workshops, separated by commas; none given: the one that comes with the server.
 * @param given the variable CONTENT_DIR
 */
export function contentDirs(given = ''): string[] {
  const dirs = given
    .split(',')
    .map((dir) => dir.trim())
    .filter(Boolean);
  return given.trim() === '' ? ['./content'] : dirs;
}

/** Never repeated in an error. */
const SECRET = new Set(['CROSSROADS_SECRET', 'CREATE_PASSPHRASE', 'METRICS_TOKEN', 'REDIS_URL']);

/** This machine's address on the local network, for phones in the same room; null without a network. */
export function lanAddress(): string | null {
  const addresses = Object.values(networkInterfaces()).flatMap((entries) => entries ?? []);
  const outside = addresses.filter(({ family, internal }) => family === 'IPv4' && !internal);
  const home = outside.find(({ address }) =>
    /^(192\.168|10|172\.(1[6-9]|2\d|3[01]))\./.test(address),
  );
  return (home ?? outside[0])?.address ?? null;
}
