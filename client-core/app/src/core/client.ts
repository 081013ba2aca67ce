// The page's side of the Worker.
import { storage } from '../lib/storage.svelte';
import type { Answer, FromWorker, Json, Problem, Request, SyncProgress } from './types';

/** What went wrong, in the reader's language: what happened and what to do. */
export class Failure extends Error {
  readonly code: string;
  readonly remedy: string;
  readonly where: string;

  constructor(problem: Problem) {
    super(problem.message);
    this.code = problem.code;
    this.remedy = problem.remedy;
    this.where = problem.where ?? '';
  }
}

interface Waiting {
  resolve(answer: Answer<unknown>): void;
  progress?: ((now: SyncProgress) => void) | undefined;
}

let worker: Worker | null = null;
let lastId = 0;
const waiting = new Map<number, Waiting>();

function started(): Worker {
  if (worker) return worker;
  worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
    const entry = waiting.get(data.id);
    if (!entry) return;
    if ('progress' in data) {
      entry.progress?.(data.progress);
      return;
    }
    waiting.delete(data.id);
    entry.resolve(data.answer);
  };
  return worker;
}

/** Gets the Worker going before it is asked anything: the module compiles while the page draws itself. */
export const warm = (): void => void started();

/** Throws Failure. */
export async function ask<T>(request: Request, progress?: (now: SyncProgress) => void): Promise<T> {
  const target = started();
  const answer = await new Promise<Answer<unknown>>((resolve) => {
    const id = ++lastId;
    waiting.set(id, { resolve, progress });
    target.postMessage({ id, request });
  });
  if ('problem' in answer) {
    if (answer.problem.code === 'store.disk_full') storage.refused = true;
    throw new Failure(answer.problem);
  }
  return answer.ok as T;
}

/** A method of the core. Throws Failure. */
export const call = <T>(method: string, parameters: Json = {}): Promise<T> => ask<T>({ kind: 'call', method, parameters });

/** For a page that gives the database to another: the Worker ends, and with it what it held. */
export function stop(): void {
  worker?.terminate();
  worker = null;
  waiting.clear();
}
