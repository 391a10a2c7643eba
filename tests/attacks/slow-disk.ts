/**
 * Between a server and its Redis: while `slow`, Redis says of itself what it says with a slow disk, that
 * what it answered is not yet in its append-only file. (Shown to be so with strace delaying fdatasync.)
 */
import { connect, createServer, type AddressInfo } from 'node:net';

export interface SlowDisk {
  url: string;
  slow: boolean;
  close: () => void;
}

export async function slowDisk(port: number): Promise<SlowDisk> {
  const proxy = createServer((client) => {
    const redis = connect(port, '127.0.0.1');
    client.pipe(redis);
    redis.on('data', (data) => client.write(disk.slow ? asIfSlow(data) : data));
    for (const [one, other] of [
      [client, redis],
      [redis, client],
    ] as const)
      one.on('error', () => other.destroy()).on('close', () => other.destroy());
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  const { port: own } = proxy.address() as AddressInfo;
  const disk: SlowDisk = {
    url: `redis://127.0.0.1:${own}`,
    slow: false,
    close: () => proxy.close(),
  };
  return disk;
}

/** Of the same length: replies carry theirs. */
function asIfSlow(data: Buffer): Buffer {
  const text = data.toString('latin1');
  return Buffer.from(
    text.replaceAll(/(aof_pending_bio_fsync|aof_buffer_length):0\r/g, '$1:1\r'),
    'latin1',
  );
}
