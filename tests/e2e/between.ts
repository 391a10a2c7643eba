/**
 * A plain proxy between phones and the server: it notes what is asked, as any proxy's log may, and
 * can stand for a deploy: from then on it serves the same pages as another build of them.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { basename, join } from 'node:path';
import type { AddressInfo } from 'node:net';

export interface Between {
  readonly url: string;
  /** Every request so far, sockets included: `GET /join/K7M2QX`. */
  asked: () => string[];
  /** Another version with other names for all hashed files; those of the first are gone. */
  deploy: () => void;
  stop: () => void;
}

const CLIENT = join(import.meta.dirname, '../../build/client');
const TEXT = /javascript|css|html|json/;

export async function standBetween(port: number): Promise<Between> {
  const asked: string[] = [];
  let build: ReturnType<typeof otherBuild> | null = null;

  function pass(incoming: IncomingMessage, response: ServerResponse): void {
    const { method = '', url = '', headers } = incoming;
    asked.push(`${method} ${url}`);
    const path = build ? build.pathOf(url) : url;
    if (path === null) return void response.writeHead(404).end();
    const plain = build ? { ...headers, 'accept-encoding': 'identity' } : headers;
    const out = request({ port, method, path, headers: plain }, (back) => {
      const { statusCode = 502, headers: heard } = back;
      const rewrites = build && TEXT.test(heard['content-type'] ?? '');
      if (!rewrites) return void back.pipe(response.writeHead(statusCode, heard));
      const chunks: Buffer[] = [];
      back.on('data', (chunk: Buffer) => chunks.push(chunk));
      back.on('end', () => {
        const { 'content-length': _length, etag: _tag, link, ...rest } = heard;
        if (link) rest.link = build?.rename(String(link));
        response.writeHead(statusCode, rest).end(build?.rename(Buffer.concat(chunks).toString()));
      });
    });
    out.on('error', () => response.destroy());
    incoming.pipe(out);
  }

  const server = createServer(pass);
  const sockets = new Set<{ destroy: () => void }>();
  server.on('upgrade', (incoming: IncomingMessage, socket, head: Buffer) => {
    const { method = '', url = '', rawHeaders } = incoming;
    asked.push(`${method} ${url}`);
    const lines = [`${method} ${url} HTTP/1.1`];
    for (let at = 0; at < rawHeaders.length; at += 2)
      lines.push(`${rawHeaders[at]}: ${rawHeaders[at + 1]}`);
    const out = connect(port, '127.0.0.1', () => {
      out.write(`${lines.join('\r\n')}\r\n\r\n`);
      out.write(head);
      out.pipe(socket).pipe(out);
    });
    for (const each of [out, socket]) {
      sockets.add(each);
      each.on('error', () => [out, socket].forEach((end) => end.destroy()));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => [...asked],
    deploy: () => (build = otherBuild()),
    stop: () => {
      sockets.forEach((socket) => socket.destroy());
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The built pages under a new version and new names. */
function otherBuild() {
  const { version } = JSON.parse(readFileSync(join(CLIENT, '_app/version.json'), 'utf8')) as {
    version: string;
  };
  const files = readdirSync(join(CLIENT, '_app/immutable'), { recursive: true, encoding: 'utf8' });
  const hashes = files.flatMap((file) => /([\w-]{8})\.\w+$/.exec(basename(file))?.[1] ?? []);
  const names = new RegExp(`(${hashes.join('|')})\\.(js|css|woff2?)`, 'g');
  return {
    rename: (text: string) =>
      text.replaceAll(names, '$1x.$2').replaceAll(version, String(Number(version) + 1)),
    /** null: a file of the build before. */
    pathOf: (url: string) => {
      if (!url.startsWith('/_app/immutable/')) return url;
      const mine = /x\.(js|css|woff2?)$/.exec(url);
      return mine ? url.replace(/x(\.\w+)$/, '$1') : null;
    },
  };
}
