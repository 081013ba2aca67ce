// Syncing, and what of the phone's work the office does not have yet.
import { ask, call, Failure } from '../core/client';
import type { SyncProgress, SyncSummary } from '../core/types';
import { failureOf, session } from './session.svelte';
import type { CoreStatus } from './types';

/** With something to send, or after that long, an open app syncs by itself. */
const pollEvery = 60_000;
const stale = 10 * 60_000;

class Sync {
  status = $state<CoreStatus | null>(null);
  running = $state(false);
  progress = $state<SyncProgress | null>(null);
  summary = $state<SyncSummary | null>(null);
  failure = $state<Failure | null>(null);
  online = $state(navigator.onLine);
  /** Rises whenever records may show something new; screens that read it load again. */
  version = $state(0);
  private lastTry = 0;

  constructor() {
    window.addEventListener('online', () => {
      this.online = true;
      this.byItself(true);
    });
    window.addEventListener('offline', () => (this.online = false));
    setInterval(() => this.byItself(), pollEvery);
  }

  /** After an own edit. */
  async edited(): Promise<void> {
    ++this.version;
    await this.refresh();
  }

  async refresh(): Promise<void> {
    if (session.phase === 'open') this.status = await call<CoreStatus>('status');
  }

  async now(): Promise<void> {
    if (this.running || session.phase !== 'open') return;
    this.running = true;
    this.lastTry = Date.now();
    this.failure = null;
    this.progress = null;
    try {
      this.summary = await ask<SyncSummary>({ kind: 'run', parameters: { kind: 'sync' } }, (now) => (this.progress = now));
    } catch (error) {
      const failure = failureOf(error);
      if (failure.code === 'auth.device_revoked' && (await call<CoreStatus>('status')).unsynced === 0) {
        await session.revoked(failure);
        return;
      }
      if (failure.code !== 'sync.cancelled' && failure.code !== 'app.closed') this.failure = failure;
    } finally {
      this.running = false;
      this.progress = null;
      if (session.phase === 'open') await this.edited().catch(() => undefined);
    }
  }

  /** Never during a talk: the questionnaire on the screen is what the rep sees, and nobody should wait. */
  private byItself(back = false) {
    if (!navigator.onLine || document.hidden || session.inTalk) return;
    const idle = Date.now() - this.lastTry;
    if (back || (this.status?.unsynced ?? 0) > 0 || idle > stale) void this.now();
  }
}

export const sync = new Sync();
