// Asks the WebAssembly core what the simulator asked the native one, and compares: every answer and every instruction, byte
// for byte, and at the end of each segment every byte of the database (tools/simulation/transcript.hpp).
//   node replay.js SIMULATOR SEEDS [STEPS]     for instance: node replay.js build/bin/anketa-sim 1..20
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createInterface } from 'node:readline';
import { Core, poolWith, filesOf } from './module.js';

/** Bytes that SQLite asks for at once, and nothing else does. */
const sqliteSeed = 44;

/** A database without SQLite's counters of changes, as the transcript's hashes leave them out. */
function withoutCounters(bytes) {
  const copy = Buffer.from(bytes);
  for (const at of [24, 92]) copy.fill(0, at, at + 4);
  return copy;
}

const hash = (bytes) => createHash('sha256').update(bytes).digest('hex');

/** The clock and the randomness of one module: what the transcript says they were. */
class Fate {
  now = 0;
  random = Buffer.alloc(0);
  drawn = 0;

  /** Functions of the module's glue, by their names there. */
  replace = {
    _clock_gettime: (module) => (clock, into) => {
      const view = new DataView(module().HEAPU8.buffer);
      view.setInt32(into, Math.floor(this.now / 1000), true);
      view.setInt32(into + 4, (this.now % 1000) * 1_000_000, true);
      return 0;
    },
    _getentropy: (module) => (into, size) => {
      // SQLite seeds its own generator, which salts its log: what it gets does not show in a database.
      const own = size === sqliteSeed;
      assert.ok(own || this.drawn + size <= this.random.length, 'more random bytes are drawn than there were');
      module().HEAPU8.set(own ? Buffer.alloc(size) : this.random.subarray(this.drawn, this.drawn + size), into);
      if (!own) this.drawn += size;
      return 0;
    },
  };
}

class Segment {
  static async begin(files, line) {
    const segment = new Segment();
    segment.fate = new Fate();
    segment.pool = poolWith(files);
    segment.core = await Core.start(segment.pool, segment.fate.replace);
    segment.ask(line, (core) => core.openText({ path: 'anketa.db', create: true }));
    return segment;
  }

  /** Gives the core the time and the randomness of the line, asks, and compares. */
  ask(line, work) {
    this.fate.now = line.now;
    this.fate.random = Buffer.from(line.random, 'hex');
    this.fate.drawn = 0;
    const answer = work(this.core);
    assert.equal(answer, line.answer);
    assert.equal(this.fate.drawn, this.fate.random.length, 'as many random bytes are drawn');
  }
}

const work = {
  call(core, { call, parameters }) {
    const answer = core.callText(call, parameters);
    if (call !== 'bundle.export') return answer;
    // Packed otherwise; the server reads both (bundle.test.js).
    const { ok, problem } = JSON.parse(answer);
    return JSON.stringify(ok ? { ok: { mutations: ok.mutations, sealed: ok.sealed } } : { problem });
  },
  start: (core, { start }) => core.startText(start),
  feed: (core, { feed }) => core.feedText(feed),
  work(core) {
    core.work();
    return '{"ok":null}';
  },
};

export class Replay {
  images = new Map();
  segments = new Map();
  counts = { seeds: 0, segments: 0, asked: 0, instructions: 0, compared: 0, broken: 0 };

  async take(line) {
    if ('seed' in line) {
      this.seed = line.seed;
      this.images.clear();
      this.segments.clear();
      ++this.counts.seeds;
    } else if ('image' in line) {
      this.images.set(line.image, line.files);
    } else {
      try {
        await this.follow(line);
      } catch (error) {
        const asked = JSON.stringify({ ...line, answer: undefined }).slice(0, 400);
        throw new Error(`seed ${this.seed}, device ${line.device}: ${asked}\n${error.message}`, { cause: error });
      }
    }
  }

  async follow(line) {
    const { device } = line;
    const segment = this.segments.get(device);
    if ('open' in line) {
      ++this.counts.segments;
      this.segments.set(device, await Segment.begin(this.images.get(line.open), line));
    } else if ('close' in line) {
      segment.core.close();
      this.segments.delete(device);
      const files = Object.fromEntries(Object.entries(filesOf(segment.pool)).map(([name, bytes]) => [name, hash(withoutCounters(bytes))]));
      assert.deepEqual(files, line.close, 'the files are the same, byte for byte');
      ++this.counts.compared;
    } else if ('break' in line) {
      this.segments.delete(device);
      ++this.counts.broken;
    } else {
      const kind = Object.keys(work).find((name) => name in line);
      segment.ask(line, (core) => work[kind](core, line));
      ++this.counts.asked;
      if (kind === 'start' || kind === 'feed') this.counts.instructions += JSON.parse(line.answer).ok?.length ?? 0;
    }
  }
}

/** Runs the simulator over seeds ("1..20") and follows it. Throws at the first difference. */
export async function replaySeeds(simulator, seeds, steps) {
  const length = steps ? ['--steps', String(steps)] : [];
  const child = spawn(simulator, ['--seeds', seeds, ...length, '--transcript', '-'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => child.once('close', resolve));
  const replay = new Replay();
  try {
    for await (const line of createInterface({ input: child.stdout, crlfDelay: Infinity })) await replay.take(JSON.parse(line));
    assert.equal(await ended, 0, 'the simulator ended well');
  } finally {
    child.kill();
  }
  return replay.counts;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const [simulator, seeds, steps] = process.argv.slice(2);
  const begun = Date.now();
  const counts = await replaySeeds(simulator, seeds, steps ? Number(steps) : undefined);
  console.log(JSON.stringify({ ...counts, seconds: Math.round((Date.now() - begun) / 1000) }));
}
