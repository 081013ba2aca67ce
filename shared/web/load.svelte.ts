// Something being read: what is there, what went wrong, and whether it takes long enough to say so.
const skeletonAfter = 300;

export class Load<T, Failure> {
  data = $state.raw<T | null>(null);
  failure = $state<Failure | null>(null);
  /** Reading for longer than a moment, with nothing to show yet. */
  slow = $state(false);
  loading = $state(false);

  private running: AbortController | null = null;

  constructor(private failureOf: (error: unknown) => Failure) {}

  /** Reads anew; what is shown stays until the new is there. An earlier read still under way is dropped. */
  async read(work: (signal: AbortSignal) => Promise<T>): Promise<void> {
    this.drop();
    const run = new AbortController();
    this.running = run;
    this.loading = true;
    const timer = setTimeout(() => (this.slow = this.data === null), skeletonAfter);
    try {
      const data = await work(run.signal);
      if (this.running !== run) return;
      this.data = data;
      this.failure = null;
    } catch (error) {
      if (this.running === run) this.failure = this.failureOf(error);
    } finally {
      clearTimeout(timer);
      if (this.running === run) this.loading = this.slow = false;
    }
  }

  /** Whoever reads is gone: what still comes is of no use. */
  drop(): void {
    this.running?.abort();
    this.running = null;
  }
}
