// A file of the server's, given to the browser to keep.
import { session, type Query } from './session.svelte';

const patience = 10_000;

/** Under the name the server gives it, or under one of our own. */
export async function download(path: string, query: Query = {}, own?: string): Promise<void> {
  const { name, content } = await session.file(path, query);
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = own ?? name;
  link.click();
  // The browser begins to read it only after this.
  setTimeout(() => URL.revokeObjectURL(address), patience);
}
