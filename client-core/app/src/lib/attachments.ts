// Photos and files of a record: what there is and where its content is.
import { fromBase64, toBase64 } from '../core/base64';
import { ask, call } from '../core/client';
import { fit } from './photo';
import type { Rec } from './types';

export interface Attachment extends Rec {
  content: 'elsewhere' | 'arriving' | 'to_upload' | 'here';
  problem?: { message: string; remedy: string };
}

export const list = (record: string) => call<Attachment[]>('attachments', { record });

/** On the disk, encrypted, when it returns. */
export async function attach(record: string, field: string, file: File): Promise<void> {
  const { name, type, bytes } = await fit(file);
  const content = toBase64(new Uint8Array(await bytes.arrayBuffer()));
  await call('attach', { record, field, name, media_type: type, content });
}

export async function contentOf(one: Attachment): Promise<Blob> {
  const content = await call<string>('attachment.content', { id: one.id });
  return new Blob([fromBase64(content)], { type: String(one.body['media_type'] ?? '') });
}

/** Goes on where an earlier attempt was broken off. */
export const download = (id: string) => ask({ kind: 'run', parameters: { kind: 'download', id } });

export const remove = (id: string) => call('remove', { id });
