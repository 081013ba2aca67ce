// Syncing, and what of the phone's work the office does not have yet.
import { ask, call, Failure } from '../core/client';
import type { SyncProgress, SyncSummary } from '../core/types';
import { live } from './live.svelte';
import { failureOf, session } from './session.svelte';
import { storage } from './storage.svelte';
import type { CoreStatus } from './types';

/** With something to send, an open app syncs that often by itself. */
const pollEvery = 60_000;

class Sync {
  status = $state<CoreStatus | null>(null);
  running = $state(false);
  progress = $state<SyncProgress | null>(null);
  /** Photos are on their way: the progress is of their bytes. */
  uploading = $state(false);
  summary = $state<SyncSummary | null>(null);
  failure = $state<Failure | null>(null);
  online = $state(navigator.onLine);
  /** Rises whenever records may show something new; screens that read it load again. */
  version = $state(0);
  /** Edits and photos that are on this phone alone. */
  readonly unsent = $derived((this.status?.unsynced ?? 0) + (this.status?.attachments_to_upload ?? 0));

  constructor() {
    window.addEventListener('online', () => (this.online = true));
    window.addEventListener('offline', () => (this.online = false));
    setInterval(() => this.byItself(), pollEvery);
  }

  /** After an own edit. */
  async edited(): Promise<void> {
    ++this.version;
    storage.refused = false;
    await this.refresh();
  }

  async refresh(): Promise<void> {
    if (session.phase === 'open') this.status = await call<CoreStatus>('status');
  }

  /** When the app is opened, and when the rep says so: syncs at once, and stays connected from then on. */
  now(): void {
    if (this.running || session.phase !== 'open') return;
    if (live.following) void this.once();
    else void live.follow(() => this.once());
  }

  /** Gives the code of what went wrong. */
  private async once(): Promise<string | null> {
    if (this.running) return null;
    this.running = true;
    this.failure = null;
    this.progress = null;
    try {
      this.summary = await this.run('sync');
      await this.upload();
      return null;
    } catch (error) {
      return this.failed(failureOf(error));
    } finally {
      this.running = false;
      this.uploading = false;
      this.progress = null;
      if (session.phase === 'open') await this.edited().catch(() => undefined);
    }
  }

  private run(kind: 'sync' | 'upload'): Promise<SyncSummary> {
    return ask<SyncSummary>({ kind: 'run', parameters: { kind } }, (now) => (this.progress = now));
  }

  /** After a sync, for the server judges photos by the records they belong to. */
  private async upload(): Promise<void> {
    await this.refresh();
    if (!this.status?.attachments_to_upload) return;
    this.uploading = true;
    this.progress = null;
    await this.run('upload');
  }

  private async failed(failure: Failure): Promise<string> {
    // A photo is being fetched: after it.
    if (failure.code === 'app.busy') return 'server.unavailable';
    if (failure.code === 'auth.device_revoked' && (await call<CoreStatus>('status')).unsynced === 0) await session.revoked(failure);
    else if (failure.code !== 'sync.cancelled' && failure.code !== 'app.closed') this.failure = failure;
    return failure.code;
  }

  /** Never during a talk: the questionnaire on the screen is what the rep sees, and nobody should wait. */
  private byItself() {
    if (navigator.onLine && !document.hidden && !session.inTalk && this.unsent > 0) this.now();
  }
}

export const sync = new Sync();
