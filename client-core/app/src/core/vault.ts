// The database's key, and the PIN that gives it.
//
// The key is 32 random bytes that never lie anywhere in the clear. Two sealed copies are kept, each under a key made of
// what a person knows (PIN or password, PBKDF2) *and* of the device's secret: an HMAC key that the browser does not give
// out. A copied file or profile listing alone is not enough to try PINs on. After too many wrong PINs the PIN's copy is
// destroyed: the password's, with a log-in at the server, is the only way then. Nothing is ever wiped by wrong PINs.
import type { VaultState } from './types';

const databaseName = 'anketa-vault';
const storeName = 'vault';
const entry = 'entry';
// Rounds make each guess dear. Who has the device's secret as well has read all of the browser's profile: a million PINs
// are then minutes of his time whatever the rounds, while each opening would cost the rep a second on a slow phone. A
// password is worth them (docs/security.md, "The phone app").
const pinRounds = 50_000;
const passwordRounds = 600_000;
const pinAttempts = 10;

interface Sealed {
  rounds: number;
  salt: Uint8Array<ArrayBuffer>;
  nonce: Uint8Array<ArrayBuffer>;
  text: ArrayBuffer;
}

interface Entry {
  secret: CryptoKey;
  login: string;
  name: string;
  by_pin: Sealed | null;
  by_password: Sealed;
  wrong: number;
}

const random = (size: number) => crypto.getRandomValues(new Uint8Array(size));

function database(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(databaseName, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(storeName);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error ?? new Error('indexedDB'));
  });
}

async function inStore<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const open = await database();
  try {
    return await new Promise<T>((resolve, reject) => {
      // On the disk before it counts: a wrong PIN must not be forgotten by killing the app.
      const transaction = open.transaction(storeName, mode, { durability: 'strict' });
      const request = work(transaction.objectStore(storeName));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = () => reject(transaction.error ?? new Error('indexedDB'));
      transaction.onabort = () => reject(transaction.error ?? new Error('indexedDB'));
    });
  } finally {
    open.close();
  }
}

const load = () => inStore<Entry | undefined>('readonly', (store) => store.get(entry));
const save = (value: Entry) => inStore('readwrite', (store) => store.put(value, entry));

/** Key of what the person knows and the device has. */
async function wrappingKey(secret: CryptoKey, known: string, { salt, rounds }: Pick<Sealed, 'salt' | 'rounds'>): Promise<CryptoKey> {
  const text = new TextEncoder().encode(known.normalize('NFKC'));
  const base = await crypto.subtle.importKey('raw', text, 'PBKDF2', false, ['deriveBits']);
  const stretched = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds }, base, 256);
  const bits = await crypto.subtle.sign('HMAC', secret, stretched);
  return crypto.subtle.importKey('raw', bits, 'AES-GCM', false, ['encrypt', 'decrypt']);
}

async function seal(secret: CryptoKey, known: string, rounds: number, key: Uint8Array<ArrayBuffer>): Promise<Sealed> {
  const salt = random(16);
  const nonce = random(12);
  const wrapping = await wrappingKey(secret, known, { salt, rounds });
  return { rounds, salt, nonce, text: await crypto.subtle.encrypt({ name: 'AES-GCM', iv: nonce }, wrapping, key) };
}

/** Null where what is known is not what it was sealed with. */
async function unseal(secret: CryptoKey, known: string, sealed: Sealed): Promise<Uint8Array<ArrayBuffer> | null> {
  const wrapping = await wrappingKey(secret, known, sealed);
  try {
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv: sealed.nonce }, wrapping, sealed.text));
  } catch {
    return null;
  }
}

export const newKey = () => random(32);

export async function state(): Promise<VaultState> {
  const found = await load();
  if (!found) return { state: 'none', login: '', name: '', attempts_left: pinAttempts };
  return {
    state: found.by_pin ? 'locked' : 'blocked',
    login: found.login,
    name: found.name,
    attempts_left: pinAttempts - found.wrong,
  };
}

export interface Owner {
  login: string;
  name: string;
  password: string;
}

/** Keeps the key: for the first time, or anew with another PIN or password. The device's secret stays the same. */
export async function keep(key: Uint8Array<ArrayBuffer>, owner: Owner, pin: string): Promise<void> {
  const secret =
    (await load())?.secret ?? (await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']));
  await save({
    secret,
    login: owner.login,
    name: owner.name,
    by_pin: await seal(secret, pin, pinRounds, key),
    by_password: await seal(secret, owner.password, passwordRounds, key),
    wrong: 0,
  });
}

export type Opened = { key: Uint8Array<ArrayBuffer> } | { wrong: VaultState };

/** The attempt counts before it is tried, so that killing the app gains nothing. */
export async function openWithPin(pin: string): Promise<Opened> {
  const found = await load();
  if (!found?.by_pin) return { wrong: await state() };
  const { by_pin } = found;
  const wrong = found.wrong + 1;
  await save({ ...found, wrong, by_pin: wrong >= pinAttempts ? null : by_pin });
  const key = await unseal(found.secret, pin, by_pin);
  if (!key) return { wrong: await state() };
  await save({ ...found, wrong: 0, by_pin });
  return { key };
}

/** Whoever knows the password has still to log in with it at the server. */
export async function openWithPassword(password: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const found = await load();
  return found ? unseal(found.secret, password, found.by_password) : null;
}

export async function forget(): Promise<void> {
  await inStore('readwrite', (store) => store.delete(entry));
}
