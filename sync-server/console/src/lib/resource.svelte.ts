// Something loaded from the server.
import { Load } from '@web/load.svelte';
import { live } from './live.svelte';
import { failureOf, type Failure } from './session.svelte';

export class Resource<T> extends Load<T, Failure> {
  private fetch: ((signal: AbortSignal) => Promise<T>) | null = null;

  constructor() {
    super(failureOf);
  }

  /** Loads for as long as the component lives: now, when what `fetch` looks at before it waits changes, and at news. */
  follow(fetch: (signal: AbortSignal) => Promise<T>): void {
    this.fetch = fetch;
    $effect(() => {
      void this.read(fetch);
    });
    $effect(() => {
      const deaf = live.listen(this.again);
      return () => {
        deaf();
        this.drop();
      };
    });
  }

  /** The same once more. */
  again = (): void => {
    if (this.fetch) void this.read(this.fetch);
  };
}
