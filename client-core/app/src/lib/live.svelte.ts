// News of the server over a WebSocket, so that what others do comes by itself. What to do next, the core says; where no
// WebSocket comes through, it asks from time to time instead.
import { call } from '../core/client';
import { session } from './session.svelte';

type Heard = 'news' | 'quiet' | 'lost';
interface Next {
  step: 'sync' | 'connect' | 'listen' | 'pause';
  milliseconds: number;
}

/** Syncs; gives the code of what went wrong, or nothing. */
export type SyncOnce = () => Promise<string | null>;

/** Waits for it; the browser's own wait for a connection is far longer. */
const connectFor = 10_000;

class Live {
  /** News come by the connection now. */
  connected = $state(false);
  following = false;
  private run = 0;
  private socket: WebSocket | null = null;
  private wake: (() => void) | null = null;

  constructor() {
    for (const event of ['online', 'visibilitychange'] as const) {
      const target = event === 'online' ? window : document;
      target.addEventListener(event, () => this.wake?.());
    }
  }

  /** Stays connected until stop(), or until something goes wrong that no waiting cures. */
  async follow(syncOnce: SyncOnce): Promise<void> {
    this.stop();
    const run = ++this.run;
    this.following = true;
    try {
      await call('watch.begin');
      while (run === this.run && session.phase === 'open') {
        const next = await call<Next>('watch.next');
        if (next.step !== 'listen') await this.fitTime(run);
        if (run !== this.run) return;
        const what = await this.take(next, syncOnce);
        if (!what) return;
        await call('watch.tell', { what });
      }
    } catch {
      // Locked, logged out, or taken over meanwhile.
    } finally {
      if (run === this.run) this.stop();
    }
  }

  stop(): void {
    ++this.run;
    this.following = false;
    this.socket?.close();
    this.socket = null;
    this.connected = false;
    this.wake?.();
  }

  /** How it went; empty: it is over. */
  private async take({ step, milliseconds }: Next, syncOnce: SyncOnce): Promise<string> {
    if (step === 'sync') {
      const code = await syncOnce();
      if (!code) return 'synced';
      return (await call<boolean>('passes', { code })) ? 'failed' : '';
    }
    if (step === 'connect') return this.connect();
    if (step === 'listen') return this.listen(milliseconds);
    await this.sleep(milliseconds);
    return 'paused';
  }

  /** Nothing is asked of the network while nobody looks, nor during a talk: the rep's screen is what counts then. */
  private async fitTime(run: number): Promise<void> {
    while (run === this.run && (document.hidden || session.inTalk || !navigator.onLine)) await this.sleep(5_000);
  }

  private async connect(): Promise<'connected' | 'lost'> {
    const token = await call<string>('access_token');
    const socket = new WebSocket(`${location.protocol.replace('http', 'ws')}//${location.host}/v1/live`);
    const open = await new Promise<boolean>((resolve) => {
      const timer = setTimeout(() => resolve(false), connectFor);
      socket.onopen = () => {
        clearTimeout(timer);
        resolve(true);
      };
      socket.onerror = socket.onclose = () => {
        clearTimeout(timer);
        resolve(false);
      };
    });
    if (!open) {
      socket.close();
      return 'lost';
    }
    socket.send(JSON.stringify({ token }));
    this.socket = socket;
    this.connected = true;
    return 'connected';
  }

  private async listen(milliseconds: number): Promise<Heard> {
    const { socket } = this;
    if (socket?.readyState !== WebSocket.OPEN) return this.lost();
    return new Promise((resolve) => {
      const over = (heard: Heard) => {
        clearTimeout(timer);
        socket.onmessage = socket.onclose = socket.onerror = null;
        resolve(heard === 'lost' ? this.lost() : heard);
      };
      const timer = setTimeout(() => over('quiet'), milliseconds);
      socket.onmessage = () => over('news');
      socket.onclose = socket.onerror = () => over('lost');
    });
  }

  private lost(): 'lost' {
    this.socket = null;
    this.connected = false;
    return 'lost';
  }

  /** Until the time is over, the network is back, or the app is looked at again. */
  private sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        this.wake = null;
        resolve();
      };
    });
  }
}

export const live = new Live();
