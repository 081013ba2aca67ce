// Something read from the core: what is there, what went wrong, and whether it takes long enough to say so.
import type { Failure } from '../core/client';
import { failureOf } from './session.svelte';

const skeletonAfter = 300;

export class Load<T> {
  data = $state.raw<T | null>(null);
  failure = $state<Failure | null>(null);
  slow = $state(false);
  private run = 0;

  /** Reads anew; what is shown stays until the new is there. An earlier read still under way is dropped. */
  async read(work: () => Promise<T>): Promise<void> {
    const run = ++this.run;
    const timer = setTimeout(() => (this.slow = this.data === null), skeletonAfter);
    try {
      const data = await work();
      if (run !== this.run) return;
      this.data = data;
      this.failure = null;
    } catch (error) {
      if (run === this.run) this.failure = failureOf(error);
    } finally {
      clearTimeout(timer);
      if (run === this.run) this.slow = false;
    }
  }
}
