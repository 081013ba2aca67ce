// Something a person does that the server may refuse.
import { failureOf, type Failure } from './session.svelte';

export class Action {
  busy = $state(false);
  failure = $state<Failure | null>(null);
  /** What was done, in words. */
  done = $state('');

  /** True where it was done; otherwise `failure` says what the server says. */
  run = async (work: () => Promise<string | void>): Promise<boolean> => {
    this.busy = true;
    this.clear();
    try {
      this.done = (await work()) ?? '';
      return true;
    } catch (error) {
      this.failure = failureOf(error);
      return false;
    } finally {
      this.busy = false;
    }
  };

  clear(): void {
    this.failure = null;
    this.done = '';
  }
}
