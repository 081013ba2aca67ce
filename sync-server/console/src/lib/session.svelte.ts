// The log-in and the way to the server. Tokens live in memory only: a closed or reloaded page has to log in again.
import { locale, t } from './i18n.svelte';
import type { Answers, Bodies, Outcomes, Person, SessionAnswer } from './api';

/** What went wrong, in the reader's language: what happened and what to do. */
export class Failure extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly remedy: string,
  ) {
    super(message);
  }
}

export function failureOf(error: unknown): Failure {
  return error instanceof Failure ? error : new Failure('unknown', t('state.unknown_what'), t('state.unknown_do'));
}

export type Query = Record<string, string | number | undefined>;

/** The address of a path of the description: what it names in braces is taken out of the query, the rest follows it. */
function addressOf(path: string, query: Query): string {
  const rest = { ...query };
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = rest[name] ?? '';
    delete rest[name];
    return encodeURIComponent(value);
  });
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(rest)) if (value !== undefined && value !== '') search.set(name, String(value));
  return search.size > 0 ? `${filled}?${search}` : filled;
}

function networkFailure(): Failure {
  return new Failure('network', t('state.network_what'), t('state.network_do'));
}

async function refusalOf(response: Response): Promise<Failure> {
  try {
    const problem = (await response.json()) as { code?: string; message?: string; remedy?: string };
    if (problem.message) return new Failure(problem.code ?? 'unknown', problem.message, problem.remedy ?? '');
  } catch {
    // Not the server's own answer, a proxy's page perhaps: say what can be said without it.
  }
  return new Failure('unknown', t('state.unknown_what'), t('state.unknown_do'));
}

async function send(path: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  headers.set('Accept-Language', locale.language);
  try {
    return await fetch(path, { ...init, headers, cache: 'no-store', credentials: 'omit' });
  } catch {
    throw networkFailure();
  }
}

class Session {
  user = $state<Person | null>(null);
  /** The session ended by itself: the log-in page says so. */
  expired = $state(false);

  private access = '';
  private refresh = '';
  private refreshing: Promise<boolean> | null = null;

  async logIn(login: string, password: string): Promise<void> {
    this.take(await this.open('/v1/login', { login, password }));
    this.expired = false;
  }

  logOut(): void {
    const refresh = this.refresh;
    this.forget();
    // The server forgets the token family as well; if it cannot be reached, the tokens run out by themselves.
    if (refresh) void send('/v1/logout', this.jsonBody({ refresh })).catch(() => undefined);
  }

  /** GETs what a path of the description answers, renewing the access token once where it has run out. */
  async get<Path extends keyof Answers>(path: Path, query: Query = {}, signal?: AbortSignal): Promise<Answers[Path]> {
    return (await (await this.ask(addressOf(path, query), signal ? { signal } : {})).json()) as Answers[Path];
  }

  /** POSTs JSON; `query` fills in what the path names. Null where the server has nothing to say. */
  async post<Path extends keyof Outcomes>(path: Path, body: Bodies[Path], query: Query = {}): Promise<Outcomes[Path]> {
    const response = await this.ask(addressOf(path, query), this.jsonBody(body));
    return (response.status === 204 ? null : await response.json()) as Outcomes[Path];
  }

  /** A file, with the name the server gives it. */
  async file(path: string, query: Query = {}): Promise<{ name: string; content: Blob }> {
    const response = await this.ask(addressOf(path, query), {});
    const name = /filename="([^"]+)"/.exec(response.headers.get('Content-Disposition') ?? '')?.[1] ?? 'anketa';
    return { name, content: await response.blob() };
  }

  private async ask(target: string, init: RequestInit): Promise<Response> {
    const request = () => {
      const headers = new Headers(init.headers);
      headers.set('Authorization', `Bearer ${this.access}`);
      return send(target, { ...init, headers });
    };
    let response = await request();
    if (response.status === 401 && (await this.renew())) response = await request();
    if (response.status === 401) {
      this.forget();
      this.expired = true;
    }
    if (!response.ok) throw await refusalOf(response);
    return response;
  }

  /** For the WebSocket, which has no headers. */
  get accessToken(): string {
    return this.access;
  }

  renewAccess(): Promise<boolean> {
    return this.renew();
  }

  /** Several requests may find the token run out at once; one renewal serves them all. */
  private renew(): Promise<boolean> {
    this.refreshing ??= this.open('/v1/refresh', { refresh: this.refresh })
      .then((answer) => {
        this.take(answer);
        return true;
      })
      .catch((failure: unknown) => {
        if (failure instanceof Failure && failure.code === 'network') throw failure;
        return false;
      })
      .finally(() => {
        this.refreshing = null;
      });
    return this.refreshing;
  }

  private async open(path: string, body: object): Promise<SessionAnswer> {
    const response = await send(path, this.jsonBody(body));
    if (!response.ok) throw await refusalOf(response);
    return (await response.json()) as SessionAnswer;
  }

  private jsonBody(body: object): RequestInit {
    return { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  }

  private take(answer: SessionAnswer): void {
    this.access = answer.access;
    this.refresh = answer.refresh;
    // A renewal brings the same person again: whatever looks at him need not begin anew.
    if (JSON.stringify(this.user) !== JSON.stringify(answer.user)) this.user = answer.user;
  }

  private forget(): void {
    this.access = '';
    this.refresh = '';
    this.user = null;
  }
}

export const session = new Session();
