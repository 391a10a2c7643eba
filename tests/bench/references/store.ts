/** What storing one thing costs at least: one command to Redis, awaited. */
import { createClient } from 'redis';

/** @returns keeps a text under a name; null where nothing is to be stored */
export async function storeOf(
  url: string | undefined,
): Promise<((name: string, text: string) => Promise<unknown>) | null> {
  if (url === undefined) return null;
  const client = createClient({ url, commandOptions: { timeout: 0 } });
  await client.connect();
  return (name, text) => client.sendCommand(['HSET', name, 'json', text]);
}
