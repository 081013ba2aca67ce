// The WebAssembly core in node, over files in memory that behave like a browser's synchronous access handles.
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const folder = new URL('../../../client-core/app/core/', import.meta.url);
// What the module looks for in a Worker.
globalThis.self ??= { location: { href: pathToFileURL('.').href } };

/** A file in memory. `room` bounds it, as a quota does. */
export class MemoryHandle {
  bytes = new Uint8Array(0);
  room = Infinity;

  getSize() {
    return this.bytes.length;
  }
  read(into, { at }) {
    const part = this.bytes.subarray(at, at + into.length);
    into.set(part);
    return part.length;
  }
  write(from, { at }) {
    const end = at + from.length;
    if (end > this.room) throw Object.assign(new Error('no room'), { name: 'QuotaExceededError' });
    if (end > this.bytes.length) this.truncate(end);
    this.bytes.set(from, at);
    return from.length;
  }
  truncate(size) {
    const bytes = new Uint8Array(size);
    bytes.set(this.bytes.subarray(0, size));
    this.bytes = bytes;
  }
  flush() {}
}

export const newPool = () => Array.from({ length: 6 }, () => new MemoryHandle());

/** What a disk holds at this moment: a page killed now finds it so. */
export const copyOf = (pool) =>
  pool.map((handle) => Object.assign(new MemoryHandle(), { bytes: handle.bytes.slice() }));

export class Core {
  static async start(pool) {
    const { default: make } = await import(new URL('anketa-core.js', folder));
    const bytes = readFileSync(new URL('anketa-core.wasm', folder));
    const module = await make({
      pool,
      instantiateWasm: (imports, done) => {
        WebAssembly.instantiate(bytes, imports).then(({ instance, module }) => done(instance, module));
        return {};
      },
    });
    return new Core(module);
  }

  constructor(module) {
    this.module = module;
    this.handle = 0;
  }

  open(options) {
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
  call(method, parameters = {}) {
    return this.#with([method, JSON.stringify(parameters)], (name, text) => this.module._anketa_call(this.handle, name, text));
  }
  start(parameters) {
    return this.#with([JSON.stringify(parameters)], (text) => this.module._anketa_sync_start(this.handle, text));
  }
  feed(event) {
    return this.#with([JSON.stringify(event)], (text) => this.module._anketa_sync_feed(this.handle, text));
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
    return JSON.parse(text);
  }
}
