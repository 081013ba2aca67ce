// An ordinary tus client, which knows nothing of us, brings a content to a real server: in parts, past a connection that
// breaks, past a server that dies, and is told plainly what is wrong.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { after, before, test } from 'node:test';
import { DefaultHttpStack, Upload } from 'tus-js-client';
import { people, startServer } from '../browser/server.js';

const part = 64 * 1024;
const content = randomBytes(9 * part + 1234);
const sha256 = createHash('sha256').update(content).digest('hex');
let server, client;

before(async () => {
  server = await startServer();
  await server.api.logIn(people.lead);
  client = await server.api.addClient('Клиент с документами');
});
after(() => server.stop());

/** The uploader's ordinary options, and what becomes of it. `during` hears of every part that arrived. */
function upload({ during = () => {}, ...options } = {}) {
  let made;
  const done = new Promise((resolve, reject) => {
    made = new Upload(content, {
      endpoint: `${server.address}/v1/uploads`,
      httpStack: new DefaultHttpStack({ ca: readFileSync(server.caFile) }),
      headers: { Authorization: `Bearer ${server.api.access}` },
      metadata: { scope: client, sha256, filename: 'договор.pdf', filetype: 'application/pdf' },
      chunkSize: part,
      retryDelays: [100, 300, 1000, 3000],
      onChunkComplete: (size, accepted) => during(accepted, made),
      onSuccess: () => resolve(made),
      onError: reject,
      ...options,
    });
    made.start();
  });
  return { done, made };
}

/** Bytes of the content as whoever sees an attachment that names it gets them. */
function download() {
  return new Promise((resolve, reject) => {
    const headers = { Authorization: `Bearer ${server.api.access}` };
    request(`${server.address}/v1/blobs/${client}/${sha256}`, { headers, ca: readFileSync(server.caFile) }, (answer) => {
      const chunks = [];
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('end', () => resolve({ status: answer.statusCode, bytes: Buffer.concat(chunks) }));
    })
      .on('error', reject)
      .end();
  });
}

test('an upload that was given up half-way goes on where the server stands, past the death of the server', async () => {
  let parts = 0;
  const address = await new Promise((resolve) =>
    upload({
      during: (_, made) => {
        if (++parts !== 4) return;
        made.abort();
        resolve(made.url);
      },
    }),
  );
  const ended = new Promise((resolve) => server.child.once('exit', resolve));
  server.child.kill('SIGKILL');
  await ended;
  await server.start();

  const offsets = [];
  await upload({ uploadUrl: address, during: (accepted) => offsets.push(accepted) }).done;
  assert.equal(offsets[0], 5 * part, 'it begins after what had arrived, not from the start');
  assert.equal(offsets.at(-1), content.length);

  const mutation = await server.api.push(people.lead, {
    record: crypto.randomUUID(),
    collection: 'attachment',
    scope: client,
    ops: [{ op: 'set', path: '', value: { record: client, collection: 'client', name: 'договор.pdf', media_type: 'application/pdf', bytes: content.length, sha256 } }],
  });
  assert.equal(mutation.status, 'applied', JSON.stringify(mutation));
  const { status, bytes } = await download();
  assert.equal(status, 200);
  assert.ok(bytes.equals(content), 'the same bytes come down');
});

test('a part with another content than announced is refused, and the client is told so', async () => {
  const wrong = { scope: client, sha256: createHash('sha256').update('another').digest('hex'), filename: 'x', filetype: 'text/plain' };
  await assert.rejects(upload({ metadata: wrong, retryDelays: null }).done, (error) => {
    assert.equal(error.originalResponse.getStatus(), 460);
    assert.equal(JSON.parse(error.originalResponse.getBody()).code, 'attachment.checksum_mismatch');
    return true;
  });
});

test('whoever does not work with the client is refused before a byte is sent', async () => {
  let sent = 0;
  await server.api.logIn(people.rep);
  await assert.rejects(upload({ retryDelays: null, during: () => sent++ }).done, (error) => {
    assert.equal(error.originalResponse.getStatus(), 404);
    return true;
  });
  assert.equal(sent, 0);
});
