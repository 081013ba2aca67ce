// The core as WebAssembly over its pool of files: durable at every call, encrypted, honest about a full disk.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Core, copyOf, newPool, ok } from './module.js';

const key = 'ab'.repeat(32);
/** As the app opens it. */
const open = async (pool, options = {}) => {
  const core = await Core.start(pool);
  return { core, answer: core.open({ path: 'anketa.db', key, raw_key: true, create: true, ...options }) };
};

const session = {
  access: 'a', refresh: 'r', expires_in: 900, generation: 1,
  user: { id: '0197a000-0000-7000-8000-000000000001', login: 'a', name: 'Анна', role: 'lead' },
  device: '0197a000-0000-7000-8000-000000000002',
};

function login(core) {
  ok(core.start({ kind: 'log_in', server: 'https://anketa.test', login: 'a', password: 'b', device_name: 'c' }));
  const [last] = ok(core.feed({ event: 'response', status: 200, headers: {}, body: JSON.stringify(session) })).slice(-1);
  assert.equal(last.do, 'done', JSON.stringify(last));
}

const note = (title) => ({ collection: 'client', body: { name: title } });

test('what a call has committed is there for a page that was killed right after it', async () => {
  const pool = newPool();
  const { core, answer } = await open(pool);
  ok(answer);
  login(core);
  const ids = [];
  for (let i = 0; i < 50; ++i) {
    ids.push(ok(core.call('create', note(`Клиент ${i}`))));
    if (i % 10) continue;
    const after = await open(copyOf(pool), { create: false });
    ok(after.answer);
    for (const id of ids) assert.equal(ok(after.core.call('get', { id })).id, id);
  }
  assert.equal(ok(core.call('search_clients', { query: 'клиент' })).length, 50);
});

test('nothing of the content can be read without the key', async () => {
  const pool = newPool();
  const { core } = await open(pool);
  login(core);
  ok(core.call('create', note('Очень тайное имя')));
  core.close();
  for (const handle of pool) assert.equal(Buffer.from(handle.bytes).includes('тайное'), false);
  for (const other of [{ key: 'cd'.repeat(32) }, { raw_key: false }, { key: '', raw_key: false }])
    assert.equal((await open(pool, other)).answer.problem.code, 'store.wrong_key');
  assert.equal((await open(pool, { key: 'ab' })).answer.problem.code, 'record.invalid_value');
});

test('a full disk refuses the edit, keeps what was there, and works again when there is room', async () => {
  const pool = newPool();
  const { core } = await open(pool);
  login(core);
  const id = ok(core.call('create', note('Был и останется')));
  const sizes = pool.map((handle) => handle.bytes.length);
  pool.forEach((handle, i) => (handle.room = sizes[i]));
  let refused;
  for (let i = 0; i < 200 && !refused; ++i) refused = core.call('create', { collection: 'client', body: { name: 'x', remarks: 'y'.repeat(2000) } }).problem;
  assert.equal(refused.code, 'store.disk_full');
  assert.ok(ok(core.call('get', { id })));
  pool.forEach((handle) => (handle.room = Infinity));
  ok(core.call('create', note('Снова можно')));
});

test('a file that is not there is said to be missing, and none is made', async () => {
  const pool = newPool();
  const { answer } = await open(pool, { create: false });
  assert.equal(answer.problem.code, 'usage.not_initialised');
  assert.ok(pool.every((handle) => handle.bytes.length === 0));
});
