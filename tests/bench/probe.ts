/**
 * Loaded into a measured process by `node --import`: answers over IPC what the process has used so far.
 * The measured program stays as it is.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Usage } from './usage.ts';

const RESOLUTION_MS = 5;
const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delay.enable();

/** Looks cost too: only where `watch` was told. */
const LOOK_MS = 2;
let seenMs = 0;
let turnMs = 0;
function look(): void {
  const { user, system } = process.threadCpuUsage();
  const now = (user + system) / 1000;
  turnMs = Math.max(turnMs, now - seenMs);
  seenMs = now;
}

process.on('message', (asked: { probe?: number; collect?: boolean; watch?: boolean }) => {
  if (asked.watch) setInterval(look, LOOK_MS).unref();
  if (asked.probe === undefined) return;
  if (asked.collect) globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  const { rss, heapUsed, external } = process.memoryUsage();
  const usage: Usage = {
    cpuMs: (user + system) / 1000,
    // The histogram counts its own wait for the next look as delay.
    pauseMs: Math.max(0, delay.max / 1e6 - RESOLUTION_MS),
    turnMs,
    rss,
    held: heapUsed + external,
  };
  delay.reset();
  look();
  turnMs = 0;
  process.send?.({ probe: asked.probe, usage });
});
// The program ends when it wants to, asked or not.
process.channel?.unref();
