// Executes the instructions of the core's engines with fetch.
import { fromBase64, toBase64 } from './base64';
import type { CoreApi } from './module';
import type { Answer, Instruction, Json, SyncProgress, SyncSummary } from './types';

/** Bodies above this are worth compressing. */
const worthCompressing = 2_000;
const requestTimeout = 60_000;

async function compressed(text: string): Promise<Blob> {
  return new Response(new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))).blob();
}

/** A piece of an attachment is no text. */
async function content(response: Response): Promise<Json> {
  if (!response.headers.get('Content-Type')?.endsWith('octet-stream')) return { body: await response.text() };
  return { bytes: toBase64(new Uint8Array(await response.arrayBuffer())) };
}

async function send(instruction: Extract<Instruction, { do: 'send' }>, signal: AbortSignal): Promise<Json> {
  const headers = new Headers(instruction.headers);
  const text = instruction.body ?? '';
  let body: BodyInit | null = instruction.bytes ? fromBase64(instruction.bytes) : text || null;
  if (text.length > worthCompressing && 'CompressionStream' in globalThis) {
    headers.set('Content-Encoding', 'gzip');
    body = await compressed(text);
  }
  try {
    const response = await fetch(instruction.path, {
      method: instruction.method,
      headers,
      body: /^(GET|HEAD)$/.test(instruction.method) ? null : body,
      signal: AbortSignal.any([signal, AbortSignal.timeout(requestTimeout)]),
      cache: 'no-store',
      credentials: 'omit',
      redirect: 'error',
    });
    return {
      event: 'response',
      status: response.status,
      headers: Object.fromEntries(response.headers),
      ...(await content(response)),
    };
  } catch {
    // The core knows what an unreachable server means and says it in its own words.
    return { event: signal.aborted ? 'cancel' : 'failed' };
  }
}

const pause = (milliseconds: number, signal: AbortSignal) =>
  new Promise<Json>((resolve) => {
    const timer = setTimeout(() => resolve({ event: 'timer' }), milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve({ event: 'cancel' });
    });
  });

/** Runs one engine to its end. */
export async function run(
  core: CoreApi,
  parameters: Json,
  signal: AbortSignal,
  progress: (now: SyncProgress) => void,
): Promise<Answer<SyncSummary>> {
  let answer = core.startEngine(parameters);
  let last: SyncProgress = { pushed: 0, to_push: 0, pulled: 0 };
  for (;;) {
    if ('problem' in answer) return answer;
    let event: Promise<Json> | null = null;
    for (const instruction of answer.ok) {
      switch (instruction.do) {
        case 'done':
          return { ok: instruction.summary };
        case 'failed':
          return { problem: instruction.problem };
        case 'progress':
          last = { pushed: instruction.pushed, to_push: instruction.to_push, pulled: instruction.pulled };
          progress(last);
          break;
        case 'send':
          event = send(instruction, signal);
          core.workWhileWaiting();
          break;
        case 'wait':
          if (instruction.reason) progress({ ...last, waiting: instruction.reason });
          event = pause(instruction.milliseconds, signal);
          break;
      }
    }
    if (!event) throw new Error('an engine without a next step');
    const happened = await event;
    // Locked or taken over meanwhile: what was committed stays, the next sync goes on.
    if (!core.isOpen) return { problem: { code: 'sync.cancelled', message: '', remedy: '' } };
    answer = core.feedEngine(signal.aborted ? { event: 'cancel' } : happened);
  }
}
