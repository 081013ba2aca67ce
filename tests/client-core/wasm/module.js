// The WebAssembly core in node, over files in memory that behave like a browser's synchronous access handles.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { bundle } from '../../../client-core/app/src/core/bundle.js';

const folder = new URL('../../../client-core/app/core/', import.meta.url);
// What the module looks for in a Worker.
globalThis.self ??= { location: { href: pathToFileURL('.').href } };

/** A file in memory. `room` bounds it, as a quota does. */
export class MemoryHandle {
  room = Infinity;
  /** Grows by halves, so that appending is cheap. */
  #held = new Uint8Array(0);
  #size = 0;

  get bytes() {
    return this.#held.subarray(0, this.#size);
  }
  set bytes(bytes) {
    this.#held = bytes;
    this.#size = bytes.length;
  }
  getSize() {
    return this.#size;
  }
  read(into, { at }) {
    const part = this.bytes.subarray(at, at + into.length);
    into.set(part);
    return part.length;
  }
  write(from, { at }) {
    const end = at + from.length;
    if (end > this.room) throw Object.assign(new Error('no room'), { name: 'QuotaExceededError' });
    if (end > this.#size) this.truncate(end);
    this.#held.set(from, at);
    return from.length;
  }
  truncate(size) {
    if (size > this.#held.length) {
      const held = new Uint8Array(Math.ceil(size * 1.5));
      held.set(this.bytes);
      this.#held = held;
    }
    // What lies past the end of a file reads as zeros when it grows again.
    if (size < this.#size) this.#held.fill(0, size, this.#size);
    this.#size = size;
  }
  flush() {}
}

// As client-core/wasm/pool.cpp writes the head of a file.
const magic = Buffer.from('ANKETA POOL 1\n');
const longestName = 512;
const headSize = 4096;

function headOf(name) {
  const head = Buffer.alloc(headSize);
  magic.copy(head);
  head.write(name, magic.length);
  let sum = 0xcbf29ce484222325n;
  for (const byte of head.subarray(0, magic.length + longestName)) sum = BigInt.asUintN(64, (sum ^ BigInt(byte)) * 0x100000001b3n);
  head.writeBigUInt64LE(sum, magic.length + longestName);
  return head;
}

/** A pool that holds these files already: { name: base64 }. */
export function poolWith(files) {
  const pool = newPool();
  Object.entries(files).forEach(([name, content], slot) => {
    pool[slot].bytes = new Uint8Array(Buffer.concat([headOf(name), Buffer.from(content, 'base64')]));
  });
  return pool;
}

/** The files a pool holds, by name. */
export function filesOf(pool) {
  const files = {};
  for (const { bytes } of pool) {
    const head = Buffer.from(bytes.subarray(magic.length, magic.length + longestName));
    const name = head.subarray(0, head.indexOf(0)).toString();
    if (bytes.length >= headSize && Buffer.from(bytes.subarray(0, headSize)).equals(headOf(name)) && name) files[name] = bytes.subarray(headSize);
  }
  return files;
}

export const newPool = () => Array.from({ length: 6 }, () => new MemoryHandle());

/** What a disk holds at this moment: a page killed now finds it so. */
export const copyOf = (pool) =>
  pool.map((handle) => Object.assign(new MemoryHandle(), { bytes: handle.bytes.slice() }));

/** The value of an answer that is no problem. */
export function ok(answer) {
  assert.ok('ok' in answer, JSON.stringify(answer));
  return answer.ok;
}

const compiled = WebAssembly.compile(readFileSync(new URL('anketa-core.wasm', folder)));

export class Core {
  /** `replace`: functions of the module's glue by their names there, each made of a function that gives the module. */
  static async start(pool, replace = {}) {
    const { default: make } = await import(new URL('anketa-core.js', folder));
    const binary = await compiled;
    let module = null;
    const instantiateWasm = (imports, done) => {
      for (const group of Object.values(imports))
        for (const [name, original] of Object.entries(group))
          if (replace[original?.name]) group[name] = replace[original.name](() => module);
      WebAssembly.instantiate(binary, imports).then((instance) => done(instance, binary));
      return {};
    };
    module = await make({ pool, instantiateWasm });
    module.bundle = bundle;
    return new Core(module);
  }

  constructor(module) {
    this.module = module;
    this.handle = 0;
  }

  // Each call twice: what it answers, and the text of it.

  open = (options) => JSON.parse(this.openText(options));
  call = (method, parameters) => JSON.parse(this.callText(method, parameters));
  start = (parameters) => JSON.parse(this.startText(parameters));
  feed = (event) => JSON.parse(this.feedText(event));

  openText(options) {
    const at = this.module._malloc(4);
    try {
      const answer = this.#with([JSON.stringify(options)], (text) => this.module._anketa_open(text, at));
      this.handle = new DataView(this.module.HEAPU8.buffer).getUint32(at, true);
      return answer;
    } finally {
      this.module._free(at);
    }
  }
  close() {
    this.module._anketa_close(this.handle);
    this.handle = 0;
  }
  callText(method, parameters = {}) {
    return this.#with([method, JSON.stringify(parameters)], (name, text) => this.module._anketa_call(this.handle, name, text));
  }
  startText(parameters) {
    return this.#with([JSON.stringify(parameters)], (text) => this.module._anketa_sync_start(this.handle, text));
  }
  feedText(event) {
    return this.#with([JSON.stringify(event)], (text) => this.module._anketa_sync_feed(this.handle, text));
  }
  work() {
    this.module._anketa_sync_work(this.handle);
  }

  #with(texts, work) {
    const { module } = this;
    const pointers = texts.map((text) => {
      const bytes = new TextEncoder().encode(text);
      const at = module._malloc(bytes.length + 1);
      module.HEAPU8.set(bytes, at);
      module.HEAPU8[at + bytes.length] = 0;
      return at;
    });
    const answer = work(...pointers);
    pointers.forEach((at) => module._free(at));
    const end = module.HEAPU8.indexOf(0, answer);
    const text = new TextDecoder().decode(module.HEAPU8.slice(answer, end));
    module._anketa_free(answer);
    return text;
  }
}
