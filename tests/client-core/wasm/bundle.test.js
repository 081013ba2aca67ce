// Sync by file between the WebAssembly core and the native server: one writes with the page's libraries, the other with
// OpenSSL and libzstd, and each reads what the other has written.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { password, people, startServer } from '../../browser/server.js';
import { run } from './line.js';
import { Core, newPool, ok } from './module.js';

let server, folder;
before(async () => {
  server = await startServer();
  folder = mkdtempSync(join(server.data, '..', 'files-'));
});
after(() => server?.stop());

/** A phone that has logged in and synced. */
async function newPhone(login = people.rep) {
  const pool = newPool();
  const core = await Core.start(pool);
  ok(core.open({ path: 'anketa.db', key: 'ab'.repeat(32), create: true }));
  const session = await run(core, server, { kind: 'log_in', server: server.address, login, password, device_name: 'Phone' });
  assert.equal(session.do, 'done', JSON.stringify(session));
  await sync(core);
  return { core, pool };
}

async function sync(core) {
  const last = await run(core, server, { kind: 'sync' });
  assert.equal(last.do, 'done', JSON.stringify(last));
  return last.summary;
}

const anyClient = (core) => ok(core.call('search_clients', { query: '', limit: 1 }))[0];

/** Changes one field of a client, as a screen does. */
function change(core, id, field, value) {
  const { body } = ok(core.call('get', { id }));
  ok(core.call('edit', { id, body: { ...body, [field]: value } }));
}

/** By the server's own program: gives the answer, base64. */
function importAtServer(file) {
  const path = join(folder, 'work'), answer = join(folder, 'answer');
  writeFileSync(path, Buffer.from(file, 'base64'));
  execFileSync(process.env.ANKETA_SERVER_PROGRAM, ['bundle', 'import', path, '--answer', answer, '--data', server.data], { stdio: 'pipe' });
  return readFileSync(answer).toString('base64');
}

test('what a phone wrote to a file the server takes in, and its answer settles it on the phone', async () => {
  const { core } = await newPhone();
  const client = anyClient(core).id;
  change(core, client, 'remarks', 'Из файла, «как есть»: ёжик 🦔');
  ok(core.call('create', { collection: 'contact', scope: client, body: { client, name: 'Соколов Игорь' } }));
  const exported = ok(core.call('bundle.export'));
  assert.equal(exported.mutations, 2);
  assert.equal(exported.sealed, true);
  assert.equal(Buffer.from(exported.file, 'base64').includes('Соколов'), false);
  const answer = importAtServer(exported.file);
  const taken = ok(core.call('bundle.import', { file: answer }));
  assert.deepEqual([taken.pushed, taken.parked, taken.overtaken], [2, 0, false]);
  assert.equal(ok(core.call('status')).unsynced, 0);
  // Again changes nothing, and neither does the same work by network.
  assert.equal(ok(core.call('bundle.import', { file: answer })).overtaken, true);
  await sync(core);
  const { core: lead } = await newPhone(people.lead);
  assert.equal(ok(lead.call('get', { id: client })).body.remarks, 'Из файла, «как есть»: ёжик 🦔');
});

test('an answer cut, changed, or of another phone is refused and changes nothing', async () => {
  const one = await newPhone(), other = await newPhone();
  change(one.core, anyClient(one.core).id, 'website', 'https://one.example');
  const answer = Buffer.from(importAtServer(ok(one.core.call('bundle.export')).file), 'base64');
  const code = (core, bytes) => core.call('bundle.import', { file: bytes.toString('base64') }).problem?.code;
  for (const at of [0, 40, Math.floor(answer.length / 2), answer.length - 1]) {
    const changed = Buffer.from(answer);
    changed[at] ^= 1;
    assert.match(code(one.core, changed), /^bundle\.(damaged|other_device)$/, `byte ${at}`);
  }
  assert.equal(code(one.core, answer.subarray(0, answer.length - 1)), 'bundle.damaged');
  assert.equal(code(other.core, answer), 'bundle.other_device');
  assert.equal(one.core.call('bundle.import', { file: '!' }).problem.code, 'record.invalid_value');
  assert.equal(ok(one.core.call('status')).unsynced, 1);
  assert.equal(code(one.core, answer), undefined);
  assert.equal(ok(one.core.call('status')).unsynced, 0);
});

test('work of megabytes goes in blocks', async () => {
  const { core } = await newPhone();
  const client = anyClient(core).id;
  const { user } = ok(core.call('status')).account;
  const long = 'слово '.repeat(3000);
  for (let i = 0; i < 40; ++i) ok(core.call('create', { collection: 'interaction', scope: client, body: { client, user, kind: 'call', date: '2025-06-10', summary: `${i} ${long}` } }));
  const { file, mutations } = ok(core.call('bundle.export'));
  assert.equal(mutations, 40);
  assert.ok(file.length > 1_000_000);
  assert.equal(ok(core.call('bundle.import', { file: importAtServer(file) })).pushed, 40);
});

test('a disk that takes nothing any more still gives the work out, and what was edited after that is kept as well', async () => {
  const { core, pool } = await newPhone();
  const client = anyClient(core).id;
  change(core, client, 'city', 'Псков');
  for (const handle of pool) handle.room = 0;
  assert.equal(core.call('edit', { id: client, body: { name: 'x' } }).problem.code, 'store.disk_full');
  const exported = ok(core.call('bundle.export'));
  assert.deepEqual([exported.mutations, exported.sealed], [1, false]);
  importAtServer(exported.file);
  for (const handle of pool) handle.room = Infinity;
  // Goes on in the mutation that is in the file, for nothing could note that it is.
  change(core, client, 'city', 'Тверь');
  await sync(core);
  await sync(core);
  const status = ok(core.call('status'));
  assert.equal(status.unsynced, 0);
  const { body } = ok(core.call('get', { id: client }));
  const sides = ok(core.call('conflicts', { record: client })).flatMap(({ sides }) => sides.map(({ value }) => value));
  assert.deepEqual(new Set([body.city, ...sides]), new Set(['Псков', 'Тверь']));
});
