// Where in which questionnaire the rep is, so that an app that was killed opens there. Ids and names of questions only:
// this lies beside the encrypted database. Not in localStorage, which browsers write seconds later: too late for a kill.
import { call } from '../core/client';
import { router } from './router.svelte';
import type { Rec } from './types';

interface Place {
  questionnaire: string;
  /** "section:question", as in the address. */
  at: string;
}

const name = 'anketa-place';
const entry = 'open';
/** What the questionnaires keep in localStorage: the place and the minutes of each. */
const kept = /^anketa\.(place|time)\./;
let opened: Promise<IDBDatabase> | null = null;

function database(): Promise<IDBDatabase> {
  opened ??= new Promise((resolve, reject) => {
    const opening = indexedDB.open(name, 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(name);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error ?? new Error('indexedDB'));
  });
  return opened;
}

/** Nothing when the browser does not play along: then the app opens on Today, and no answer is lost. */
async function inStore<T>(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
  try {
    const transaction = (await database()).transaction(name, mode, { durability: 'strict' });
    const request = work(transaction.objectStore(name));
    return await new Promise((resolve) => {
      transaction.oncomplete = () => resolve(request.result);
      transaction.onerror = transaction.onabort = () => resolve(undefined);
    });
  } catch {
    return undefined;
  }
}

export const remember = (questionnaire: string, at: string) => inStore('readwrite', (store) => store.put({ questionnaire, at } satisfies Place, entry));
export const forget = () => inStore('readwrite', (store) => store.delete(entry));

/** The phone is handed on: nothing of what was filled in on it stays. */
export async function forgetAll(): Promise<void> {
  for (const key of Object.keys(localStorage)) if (kept.test(key)) localStorage.removeItem(key);
  await forget();
}

const read = () => inStore<Place | undefined>('readonly', (store) => store.get(entry));
let early: ReturnType<typeof read> | null = null;

/** While the PIN is typed: what goOn() needs is there by then. */
export const readAhead = (): void => void (early = read());

/** Goes to where the rep was when the app ended, while answers can still be given there; an address that names another
    screen wins. */
export async function goOn(): Promise<void> {
  if (router.screen !== 'today') return;
  const place = await (early ?? read());
  early = null;
  if (!place) return;
  const found = await call<Rec | null>('get', { id: place.questionnaire }).catch(() => null);
  if (['draft', 'resumed'].includes(String(found?.body['status']))) router.go('fill', place.questionnaire, place.at);
  else void forget();
}
