// How safe what lies on this phone is: whether the browser may clear it, how full it is, whether writing has failed.

/** Above this part of what the browser allows, it is said. */
const nearlyFull = 0.9;

class Storage {
  /** Nothing is said before it is known. */
  known = $state(false);
  persistent = $state(false);
  used = $state(0);
  quota = $state(0);
  /** An edit could not be written. */
  refused = $state(false);
  readonly full = $derived(this.refused || (this.quota > 0 && this.used / this.quota > nearlyFull));

  /** What is to be said. */
  readonly threat = $derived<'' | 'full' | 'not_persistent'>(this.full ? 'full' : this.known && !this.persistent ? 'not_persistent' : '');

  async read(): Promise<void> {
    try {
      const { usage = 0, quota = 0 } = await navigator.storage.estimate();
      this.persistent = await navigator.storage.persisted();
      this.used = usage;
      this.quota = quota;
      this.known = true;
    } catch {
      // An old browser that does not tell: then there is nothing to tell.
    }
  }

  async askToKeep(): Promise<void> {
    await navigator.storage.persist();
    await this.read();
  }
}

export const storage = new Storage();
