// The WebAssembly core against the native one, over everything that befalls the devices of the simulator's company.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { Replay, replaySeeds } from './replay.js';

const simulator = process.env.ANKETA_SIMULATOR;
/** As many as cost a minute; very many with tools/test --long. */
const seeds = process.env.ANKETA_REPLAY_SEEDS ?? '1001..1006';

test(`seeds ${seeds}: each instruction and each byte of the databases is the same`, async () => {
  const counts = await replaySeeds(simulator, seeds);
  console.log(JSON.stringify(counts));
  assert.ok(counts.seeds > 0 && counts.instructions > 100 * counts.seeds, 'devices have worked');
  // Segments end with a comparison, but for those of devices that died, were full, or did what no call of the API does.
  assert.ok(counts.compared > 3 * counts.seeds, 'databases are compared');
});

test('a difference shows, wherever it is', async () => {
  const { stdout } = spawnSync(simulator, ['--seeds', '1001', '--steps', '20', '--transcript', '-'], { maxBuffer: 1 << 30 });
  const lines = stdout.toString().trim().split('\n').map((line) => JSON.parse(line));
  const follow = async (change) => {
    const replay = new Replay();
    for (const line of lines.map((line) => ({ ...line }))) await replay.take(change(line));
  };
  await follow((line) => line);
  const changes = {
    'an answer': (line) => ('call' in line ? { ...line, answer: line.answer.replace('"ok"', '"OK"') } : line),
    'an instruction': (line) => ('feed' in line ? { ...line, answer: line.answer.replace('"do"', '"Do"') } : line),
    'a random number': (line) => ('call' in line && line.random ? { ...line, random: line.random.replace(/.$/, (digit) => (digit === '0' ? '1' : '0')) } : line),
    'a byte of a database': (line) => ('close' in line ? { ...line, close: { ...line.close, 'anketa.db': '0' } } : line),
  };
  for (const [what, change] of Object.entries(changes)) await assert.rejects(follow(change), what);
});
