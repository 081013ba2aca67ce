// What tools/wasm makes of client-core/wasm.

declare module '*/core/anketa-core.js' {
  export interface CoreModule {
    HEAPU8: Uint8Array;
    bundle?: import('./core/types').BundlePrimitives;
    _malloc(size: number): number;
    _free(at: number): void;
    _anketa_open(options: number, client: number): number;
    _anketa_close(client: number): void;
    _anketa_call(client: number, method: number, parameters: number): number;
    _anketa_sync_start(client: number, parameters: number): number;
    _anketa_sync_feed(client: number, event: number): number;
    _anketa_sync_work(client: number): void;
    _anketa_free(text: number): void;
  }
  export default function make(options: {
    pool: FileSystemSyncAccessHandle[];
    instantiateWasm(
      imports: WebAssembly.Imports,
      done: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
    ): object;
  }): Promise<CoreModule>;
}
