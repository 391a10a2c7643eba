import { createServer, type AddressInfo } from 'node:net';

/**
 * A port of 127.0.0.1 that is free now. Between this answer and its use another process may take
 * it, so whoever starts a server on it tries again with another one.
 */
export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
