// One page owns the database. A second one may take it over: it asks, the owner lets go, and says so.
const lockName = 'anketa.database';
const channelName = 'anketa.owner';
/** How long a page that is asked may take to let go before it is passed over. */
const patience = 4_000;

let letGo: (() => void) | null = null;

/** True: this page owns the database until it lets go. */
export async function tryToOwn(): Promise<boolean> {
  return hold({ ifAvailable: true });
}

function hold(options: LockOptions): Promise<boolean> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(lockName, options, (lock) => {
        resolve(lock !== null);
        // Held until the promise ends, or the page does.
        return lock === null ? undefined : new Promise<void>((release) => (letGo = release));
      })
      .catch((error: unknown) => {
        // Stolen by a page whose request we did not hear; it asked first, so we have let go or are frozen.
        if (letGo) letGo = null;
        else reject(error instanceof Error ? error : new Error(String(error)));
      });
  });
}

export async function takeOver(): Promise<boolean> {
  const channel = new BroadcastChannel(channelName);
  channel.postMessage('let go');
  channel.close();
  const asked = new AbortController();
  const timer = setTimeout(() => asked.abort(), patience);
  try {
    return await hold({ signal: asked.signal });
  } catch {
    return hold({ steal: true });
  } finally {
    clearTimeout(timer);
  }
}

/** Calls `release` when another page asks for the database, and gives up the lock after it. */
export function onTakenOver(release: () => Promise<void>): void {
  const channel = new BroadcastChannel(channelName);
  channel.onmessage = () => {
    if (!letGo) return;
    const free = letGo;
    letGo = null;
    void release().finally(free);
  };
}
