// What goes between page, Worker and core: plain JSON.

export type Json = Record<string, unknown>;

/** What went wrong, in the reader's language. */
export interface Problem {
  code: string;
  message: string;
  remedy: string;
  where?: string;
}

export type Answer<T> = { ok: T } | { problem: Problem };

/** Instructions of the core's engines (client-core/include/anketa/sync.hpp). */
export type Instruction =
  | { do: 'send'; method: string; path: string; headers: Record<string, string>; body?: string; bytes?: string }
  | { do: 'wait'; milliseconds: number; reason?: Problem }
  | ({ do: 'progress' } & SyncProgress)
  | { do: 'done'; summary: SyncSummary }
  | { do: 'failed'; problem: Problem };

export interface SyncProgress {
  pushed: number;
  to_push: number;
  pulled: number;
  /** The engine pauses before it tries again. */
  waiting?: Problem;
}

export interface SyncSummary {
  pushed: number;
  applied: number;
  merged: number;
  conflicts: number;
  parked: number;
  waiting: number;
  pulled: number;
  removed: number;
  rounds: number;
  repaired: number;
  attachments: number;
  attachments_refused: number;
}

/** What is on the phone before anybody has entered a PIN. */
export interface VaultState {
  /** none: nobody has logged in here; locked: the PIN opens it; blocked: only the password does. */
  state: 'none' | 'locked' | 'blocked';
  /** Who logged in. */
  login: string;
  name: string;
  /** Wrong PINs that are still allowed. */
  attempts_left: number;
}

/** Requests to the Worker. */
export type Request =
  | { kind: 'boot'; language: string }
  | { kind: 'log_in'; login: string; password: string; device_name: string }
  | { kind: 'set_pin'; pin: string }
  | { kind: 'unlock'; pin: string }
  | { kind: 'unlock_with_password'; password: string }
  | { kind: 'lock' }
  | { kind: 'call'; method: string; parameters: Json }
  | { kind: 'run'; parameters: Json }
  | { kind: 'cancel' }
  | { kind: 'release' }
  | { kind: 'wipe' };

export type FromWorker =
  | { id: number; answer: Answer<unknown> }
  | { id: number; progress: SyncProgress };

/** What shared/bundle/browser asks of the page. Where something is not right, they throw or give false. */
export interface BundlePrimitives {
  signPublic(secret: Uint8Array): Uint8Array;
  boxPublic(secret: Uint8Array): Uint8Array;
  sign(secret: Uint8Array, message: Uint8Array): Uint8Array;
  verify(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
  agree(secret: Uint8Array, key: Uint8Array, salt: Uint8Array, purpose: Uint8Array): Uint8Array;
  encrypt(key: Uint8Array, bound: Uint8Array, text: Uint8Array): Uint8Array;
  decrypt(key: Uint8Array, bound: Uint8Array, sealed: Uint8Array): Uint8Array;
  /** Throws a RangeError past `most` bytes. */
  unpack(frame: Uint8Array, most: number): Uint8Array;
}
