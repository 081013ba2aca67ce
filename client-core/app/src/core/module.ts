// The WebAssembly core behind its C API: strings in and out, nothing else.
import make, { type CoreModule } from '../../core/anketa-core.js';
import wasmAddress from '../../core/anketa-core.wasm?url';
import type { Answer, Instruction, Json } from './types';

/** Compiled while the Worker's script runs, and while the files are opened. */
const compiled = WebAssembly.compileStreaming(fetch(wasmAddress));

export class CoreApi {
  private handle = 0;

  private constructor(private readonly module: CoreModule) {}

  /** `pool`: the access handles the database lives in, open. */
  static async start(pool: FileSystemSyncAccessHandle[]): Promise<CoreApi> {
    const binary = await compiled;
    return new CoreApi(
      await make({
        pool,
        instantiateWasm(imports, done) {
          void WebAssembly.instantiate(binary, imports).then((instance) => done(instance, binary));
          return {};
        },
      }),
    );
  }

  /** For log-ins and files; loaded when it is first needed, so that a start does not wait for it. */
  async needBundle(): Promise<void> {
    this.module.bundle ??= (await import('./bundle.js')).bundle;
  }

  get isOpen(): boolean {
    return this.handle !== 0;
  }

  open(options: Json): Answer<null> {
    const at = this.module._malloc(4);
    try {
      const answer = this.withTexts([JSON.stringify(options)], (text = 0) => this.module._anketa_open(text, at));
      this.handle = new DataView(this.module.HEAPU8.buffer).getUint32(at, true);
      return answer as Answer<null>;
    } finally {
      this.module._free(at);
    }
  }

  close(): void {
    this.module._anketa_close(this.handle);
    this.handle = 0;
  }

  call(method: string, parameters: Json): Answer<unknown> {
    return this.withTexts([method, JSON.stringify(parameters)], (name = 0, text = 0) =>
      this.module._anketa_call(this.handle, name, text),
    );
  }

  startEngine(parameters: Json): Answer<Instruction[]> {
    return this.withTexts([JSON.stringify(parameters)], (text = 0) =>
      this.module._anketa_sync_start(this.handle, text),
    ) as Answer<Instruction[]>;
  }

  feedEngine(event: Json): Answer<Instruction[]> {
    return this.withTexts([JSON.stringify(event)], (text = 0) =>
      this.module._anketa_sync_feed(this.handle, text),
    ) as Answer<Instruction[]>;
  }

  workWhileWaiting(): void {
    this.module._anketa_sync_work(this.handle);
  }

  /** Copies the texts into the module's memory, calls, and reads the answer's JSON out of it. */
  private withTexts(texts: string[], work: (...pointers: number[]) => number): Answer<unknown> {
    const { module } = this;
    const pointers = texts.map((text) => {
      const bytes = new TextEncoder().encode(text);
      const at = module._malloc(bytes.length + 1);
      if (!at) throw new Error('no memory');
      module.HEAPU8.set(bytes, at);
      module.HEAPU8[at + bytes.length] = 0;
      return at;
    });
    const answer = work(...pointers);
    for (const at of pointers) module._free(at);
    if (!answer) throw new Error('no memory');
    const end = module.HEAPU8.indexOf(0, answer);
    const text = new TextDecoder().decode(module.HEAPU8.subarray(answer, end));
    module._anketa_free(answer);
    return JSON.parse(text) as Answer<unknown>;
  }
}
