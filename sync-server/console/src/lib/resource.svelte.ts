// Something loaded from the server: what is there, what went wrong, and whether it takes long enough to say so.
import { t } from './i18n.svelte';
import { Failure } from './session.svelte';

const skeletonAfter = 300;

export class Resource<T> {
  data = $state.raw<T | null>(null);
  failure = $state<Failure | null>(null);
  /** Loading for longer than a moment, with nothing to show yet. */
  slow = $state(false);
  loading = $state(false);

  private running: AbortController | null = null;

  /** Loads anew; what is shown stays until the new is there. An earlier load still under way is dropped. */
  async load(fetch: (signal: AbortSignal) => Promise<T>): Promise<void> {
    this.running?.abort();
    const run = new AbortController();
    this.running = run;
    this.loading = true;
    const timer = setTimeout(() => {
      this.slow = this.data === null;
    }, skeletonAfter);
    try {
      const data = await fetch(run.signal);
      if (this.running !== run) return;
      this.data = data;
      this.failure = null;
    } catch (error) {
      if (this.running !== run) return;
      this.failure =
        error instanceof Failure ? error : new Failure('unknown', t('state.unknown_what'), t('state.unknown_do'));
    } finally {
      clearTimeout(timer);
      if (this.running === run) {
        this.loading = false;
        this.slow = false;
      }
    }
  }

  drop(): void {
    this.running?.abort();
    this.running = null;
  }
}
