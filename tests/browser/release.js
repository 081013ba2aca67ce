// The same server with the app in another version: a proxy with the server's own certificate in between, which changes what
// tells one version from the next. For a phone the address is one and the same. It can also put files in memory in place
// of those that a browser lacks.
import { readFileSync } from 'node:fs';
import { request, createServer } from 'node:https';
import { join } from 'node:path';

/** The page of the new version, and the list of files that names it. */
const changes = {
  '/app/': (text) => text.replace('<head>', '<head><meta name="release" content="2" />'),
  '/app/sw.js': (text) => text.replace(/(url:"\/app\/",revision:"|"url":"\/app\/","revision":")[0-9a-f]{16}/, (whole, head) => `${head}${'2'.repeat(16)}`),
};

/** At the head of the Worker: the files that it asks the browser for are in its memory, and gone with it. */
const memoryFiles = `{
  const files = new Map();
  const handle = () => {
    let bytes = new Uint8Array(0);
    const truncate = (size) => {
      const next = new Uint8Array(size);
      next.set(bytes.subarray(0, size));
      bytes = next;
    };
    return {
      getSize: () => bytes.length, truncate, flush() {}, close() {},
      read(into, { at = 0 } = {}) {
        const part = bytes.subarray(at, at + into.length);
        into.set(part);
        return part.length;
      },
      write(from, { at = 0 } = {}) {
        if (at + from.length > bytes.length) truncate(at + from.length);
        bytes.set(from, at);
        return from.length;
      },
    };
  };
  const folder = {
    getFileHandle: async (name) => ({
      createSyncAccessHandle: async () => {
        if (!files.has(name)) files.set(name, handle());
        return files.get(name);
      },
    }),
  };
  Object.defineProperty(navigator, 'storage', { value: { getDirectory: async () => ({ getDirectoryHandle: async () => folder, removeEntry: async () => files.clear() }) } });
}
`;

/** @returns a server as startServer gives, whose `release` may be set to 2 and `memoryFiles` to true. */
export async function startReleases(server) {
  const tls = join(server.data, 'tls');
  const options = { cert: readFileSync(join(tls, 'server.pem')), key: readFileSync(join(tls, 'server.key')) };
  const ca = readFileSync(server.caFile);
  const front = { address: '', caFile: server.caFile, data: server.data, api: server.api, release: 1 };
  const proxy = createServer(options, (incoming, outgoing) => {
    const change = front.release === 2 ? changes[incoming.url] : front.memoryFiles && /\/worker-[^/]*\.js$/.test(incoming.url) ? (text) => memoryFiles + text : undefined;
    const headers = { ...incoming.headers, host: new URL(server.address).host };
    if (change) {
      delete headers['accept-encoding'];
      delete headers['if-none-match'];
    }
    const onward = request(server.address + incoming.url, { method: incoming.method, headers, ca }, (answer) => {
      if (!change) {
        outgoing.writeHead(answer.statusCode, answer.headers);
        answer.pipe(outgoing);
        return;
      }
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => {
        const text = Buffer.concat(parts).toString();
        const changed = change(text);
        if (changed === text) throw new Error(`${incoming.url} says nothing of its version`);
        const { etag, 'content-length': length, ...rest } = answer.headers;
        outgoing.writeHead(answer.statusCode, rest);
        outgoing.end(changed);
      });
    });
    onward.on('error', () => outgoing.destroy());
    incoming.pipe(onward);
  });
  await new Promise((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  front.address = `https://127.0.0.1:${proxy.address().port}`;
  front.stop = () => new Promise((resolve) => (proxy.closeAllConnections?.(), proxy.close(resolve)));
  return front;
}
