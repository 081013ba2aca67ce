// Word from the server that something changed, over one WebSocket for the whole page (docs/protocol.md, "Live"). What
// changed is loaded as always; where there is no WebSocket, it is loaded from time to time instead.
import { untrack } from 'svelte';
import { session } from './session.svelte';

const firstPause = 1_000;
const longestPause = 60_000;
/** From one page to the next the connection stays. */
const patience = 5_000;
/** A rep's sync is many changes: one load for all that come in this time. */
const settleTime = 250;
/** Without a connection; and with one, for what changes by the calendar alone. */
const pollEvery = 30_000;
const refreshEvery = 300_000;

const closed = { logIn: 4401, forbidden: 4403 };

class Live {
  /** The server would tell us. */
  connected = $state(false);

  private socket: WebSocket | null = null;
  private listeners = new Set<() => void>();
  private pauses = 0;
  /** There was a time in which news could not be heard. */
  private missed = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private settling: ReturnType<typeof setTimeout> | undefined;
  private told = Date.now();
  /** News came while nobody looked. */
  private unseen = false;

  /** Whose connection it is. */
  private of = '';

  constructor() {
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'visible' && this.unseen) this.tell();
    });
    setInterval(() => {
      if (Date.now() - this.told >= (this.connected ? refreshEvery : pollEvery)) this.tell();
    }, pollEvery / 2);
  }

  /** Calls back at each piece of news, until the returned function is called. What it looks at is nobody's dependency. */
  listen(callback: () => void): () => void {
    return untrack(() => this.take(callback));
  }

  private take(callback: () => void): () => void {
    this.listeners.add(callback);
    if (this.of !== session.user?.id) this.stop();
    this.of = session.user?.id ?? '';
    if (!this.socket && this.timer === undefined) this.connect();
    return () => {
      this.listeners.delete(callback);
      setTimeout(() => {
        if (this.listeners.size === 0) this.stop();
      }, patience);
    };
  }

  private news(): void {
    this.settling ??= setTimeout(() => {
      this.settling = undefined;
      this.tell();
    }, settleTime);
  }

  private tell(): void {
    this.unseen = document.visibilityState !== 'visible';
    if (this.unseen) return;
    this.told = Date.now();
    for (const listener of [...this.listeners]) listener();
  }

  private connect(): void {
    this.timer = undefined;
    if (!session.user) return;
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const socket = new WebSocket(`${scheme}://${location.host}/v1/live`);
    this.socket = socket;
    let greeted = false;
    socket.onopen = () => socket.send(JSON.stringify({ token: session.accessToken }));
    socket.onmessage = () => {
      this.connected = true;
      this.pauses = 0;
      // The first word only says where history stands; after a gap it may have moved.
      if (greeted || this.missed) this.news();
      greeted = true;
      this.missed = false;
    };
    socket.onclose = (event) => {
      if (this.socket !== socket) return;
      this.socket = null;
      this.connected = false;
      this.missed = true;
      void this.again(event.code);
    };
  }

  private async again(code: number): Promise<void> {
    if (code === closed.forbidden) return;
    const pause = Math.min(longestPause, firstPause * 2 ** this.pauses++);
    if (code === closed.logIn && !(await session.renewAccess().catch(() => true))) return;
    if (this.listeners.size === 0 || this.socket || this.timer !== undefined) return;
    this.timer = setTimeout(() => this.connect(), pause * (1 - Math.random() / 2));
  }

  private stop(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const socket = this.socket;
    this.socket = null;
    this.connected = false;
    this.missed = false;
    // One that is still being opened is closed once it is: closing it before makes browsers complain.
    if (socket?.readyState === WebSocket.CONNECTING) socket.onopen = () => socket.close();
    else socket?.close();
  }
}

export const live = new Live();
