// The phone's unsent work as an encrypted file for the office, and the office's answer back (docs/protocol.md, "Sync by
// file"): for a phone whose storage cannot be trusted any more, or that comes to no network.
import { fromBase64, toBase64 } from '../core/base64';
import { call } from '../core/client';
import type { SyncSummary } from '../core/types';
import { offer } from './offer';
import { localDate } from './types';

/** Gives the number of edits in the file. */
export async function saveWork(login: string): Promise<number> {
  const { file, mutations } = await call<{ file: string; mutations: number }>('bundle.export');
  offer(new File([fromBase64(file)], `anketa-${login}-${localDate()}.bundle`, { type: 'application/octet-stream' }));
  return mutations;
}

export async function takeAnswer(file: File): Promise<SyncSummary> {
  return call<SyncSummary>('bundle.import', { file: toBase64(new Uint8Array(await file.arrayBuffer())) });
}
