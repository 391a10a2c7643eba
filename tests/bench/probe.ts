/**
 * Loaded into a measured process by `node --import`: answers over IPC what the process has used so far.
 * The measured program stays as it is.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Usage } from './usage.ts';

const RESOLUTION_MS = 5;
const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delay.enable();

process.on('message', (asked: { probe?: number; collect?: boolean }) => {
  if (asked.probe === undefined) return;
  if (asked.collect) globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed, external } = process.memoryUsage();
  const usage: Usage = {
    cpuMs: (user + system) / 1000,
    // The histogram counts its own wait for the next look as delay.
    pauseMs: Math.max(0, delay.max / 1e6 - RESOLUTION_MS),
    rss,
    held: heapUsed + external,
  };
  delay.reset();
  process.send?.({ probe: asked.probe, usage });
});
// The program ends when it wants to, asked or not.
process.channel?.unref();
