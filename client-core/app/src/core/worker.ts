// The Worker: the only place with the database and its key. The page asks by messages, one answer for each.
import en from '@texts/en/app.json';
import ru from '@texts/ru/app.json';
import { run } from './engine';
import { CoreApi } from './module';
import { openPool, removePool } from './pool';
import * as vault from './vault';
import type { Answer, FromWorker, Json, Problem, Request, SyncProgress } from './types';

const path = 'anketa.db';

let language: 'ru' | 'en' = 'ru';
let pool: FileSystemSyncAccessHandle[] = [];
let core: CoreApi | null = null;
/** Between a log-in and the PIN that follows it, or as long as the database is open. */
let key: Uint8Array<ArrayBuffer> | null = null;
let owner: vault.Owner | null = null;
let running: AbortController | null = null;

const own = (code: keyof typeof ru.problem): Answer<never> => {
  const text = (language === 'en' ? en : ru).problem[code];
  return { problem: { code: `app.${code}`, message: text.what, remedy: text.do } };
};
const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

function open(create: boolean): Answer<null> {
  if (!core || !key) return own('closed');
  return core.open({ path, key: hex(key), raw_key: true, create, language });
}

function close(): void {
  running?.abort();
  running = null;
  if (core?.isOpen) core.close();
  key?.fill(0);
  key = null;
}

/** Long before a PIN is typed, all is ready that needs none. */
async function boot(): Promise<Answer<unknown>> {
  const state = vault.state();
  // Told below, where the files could be opened.
  state.catch(() => undefined);
  if (!core) {
    try {
      pool = await openPool();
    } catch (error) {
      return own(error instanceof DOMException && error.name === 'NoModificationAllowedError' ? 'elsewhere' : 'no_storage');
    }
    core = await CoreApi.start(pool);
  }
  return { ok: await state };
}

/** Runs network work with the database that is open. */
async function engine(parameters: Json, progress: (now: SyncProgress) => void): Promise<Answer<unknown>> {
  if (!core?.isOpen) return own('closed');
  if (running) return own('busy');
  running = new AbortController();
  try {
    return await run(core, parameters, running.signal, progress);
  } finally {
    running = null;
  }
}

async function logInAtServer(login: string, password: string, device_name: string): Promise<Answer<unknown>> {
  // A log-in tells the server the keys that files are made with.
  await core?.needBundle();
  return engine({ kind: 'log_in', server: self.location.origin, login, password, device_name }, () => undefined);
}

interface StatusOfCore {
  account?: { name: string; login: string };
}

async function logIn(request: Extract<Request, { kind: 'log_in' }>): Promise<Answer<unknown>> {
  // A phone nobody has set up yet begins with an empty database; otherwise it is the open one that logs in again.
  const fresh = !core?.isOpen;
  if (fresh) {
    await reset();
    key = vault.newKey();
    const opened = open(true);
    if ('problem' in opened) return opened;
  }
  const answer = await logInAtServer(request.login, request.password, request.device_name);
  if ('problem' in answer) {
    if (fresh) close();
    return answer;
  }
  const status = core?.call('status', {}) as Answer<StatusOfCore>;
  const account = 'ok' in status ? status.ok.account : undefined;
  owner = { login: account?.login ?? request.login, name: account?.name ?? request.login, password: request.password };
  return { ok: { name: owner.name } };
}

async function setPin(pin: string): Promise<Answer<unknown>> {
  if (!key || !owner) return own('closed');
  await vault.keep(key, owner, pin);
  owner = null;
  return { ok: await vault.state() };
}

async function unlock(pin: string): Promise<Answer<unknown>> {
  const opened = await vault.openWithPin(pin);
  if ('wrong' in opened) {
    const failure = own(opened.wrong.state === 'blocked' ? 'pin_blocked' : 'pin_wrong') as { problem: Problem };
    return { problem: { ...failure.problem, where: String(opened.wrong.attempts_left) } };
  }
  key = opened.key;
  const answer = open(false);
  if ('problem' in answer) close();
  return answer;
}

/** The password opens the database here and is proven at the server; a new PIN follows. */
async function unlockWithPassword(password: string): Promise<Answer<unknown>> {
  const { login, name } = await vault.state();
  const found = await vault.openWithPassword(password);
  if (!found) return own('password_not_this');
  key = found;
  const opened = open(false);
  if ('problem' in opened) {
    close();
    return opened;
  }
  const answer = await logInAtServer(login, password, '');
  if ('problem' in answer) {
    close();
    return answer;
  }
  owner = { login, name, password };
  return { ok: null };
}

async function call(method: string, parameters: Json): Promise<Answer<unknown>> {
  if (method === 'language') language = parameters['language'] === 'en' ? 'en' : 'ru';
  if (method.startsWith('bundle.')) await core?.needBundle();
  return core?.isOpen ? core.call(method, parameters) : own('closed');
}

/** An empty set of files. */
async function reset(): Promise<void> {
  close();
  for (const handle of pool) {
    handle.truncate(0);
    handle.flush();
  }
  await vault.forget();
  // The module remembers which files there were.
  core = await CoreApi.start(pool);
}

async function release(): Promise<Answer<null>> {
  close();
  for (const handle of pool) handle.close();
  pool = [];
  core = null;
  return { ok: null };
}

async function wipe(): Promise<Answer<null>> {
  await release();
  await vault.forget();
  await removePool();
  return { ok: null };
}

async function handle(request: Request, progress: (now: SyncProgress) => void): Promise<Answer<unknown>> {
  switch (request.kind) {
    case 'boot':
      language = request.language === 'en' ? 'en' : 'ru';
      return boot();
    case 'log_in':
      return logIn(request);
    case 'set_pin':
      return setPin(request.pin);
    case 'unlock':
      return unlock(request.pin);
    case 'unlock_with_password':
      return unlockWithPassword(request.password);
    case 'lock':
      close();
      return { ok: await vault.state() };
    case 'call':
      return call(request.method, request.parameters);
    case 'run':
      return engine(request.parameters, progress);
    case 'cancel':
      running?.abort();
      return { ok: null };
    case 'release':
      return release();
    case 'wipe':
      return wipe();
  }
}

const post = (message: FromWorker) => (self as unknown as DedicatedWorkerGlobalScope).postMessage(message);

/** Requests that wait for the network or for keys must not hold up the others; those that change hands go one by one. */
self.onmessage = (event: MessageEvent<{ id: number; request: Request }>) => {
  const { id, request } = event.data;
  handle(request, (progress) => post({ id, progress }))
    .catch((error: unknown): Answer<unknown> => {
      const failure = own('unexpected') as { problem: Problem };
      return { problem: { ...failure.problem, where: error instanceof Error ? error.message : String(error) } };
    })
    .then((answer) => post({ id, answer }));
};
