// The database's files in the browser's private file system: a fixed set of synchronous access handles, opened ahead.
// Handles are exclusive, so who has them is the only page with the database.

/** Database, its WAL, its journal, and room for one that replaces another. */
const slots = 6;
const folderName = 'anketa';
const retryFor = 8_000;
const retryEvery = 150;

const folder = async (): Promise<FileSystemDirectoryHandle> =>
  (await navigator.storage.getDirectory()).getDirectoryHandle(folderName, { create: true });

const isTaken = (error: unknown) => error instanceof DOMException && error.name === 'NoModificationAllowedError';

/** All at once, which is quicker than one by one; all or none. */
async function openAll(directory: FileSystemDirectoryHandle): Promise<FileSystemSyncAccessHandle[]> {
  const opening = Array.from({ length: slots }, async (_, slot) => {
    const file = await directory.getFileHandle(`file-${slot}`, { create: true });
    return file.createSyncAccessHandle();
  });
  const opened = await Promise.allSettled(opening);
  const failed = opened.find((one) => one.status === 'rejected');
  const handles = opened.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  if (!failed) return handles;
  for (const handle of handles) handle.close();
  throw failed.reason;
}

/** A page that was just closed or killed may hold its handles for a while yet. */
export async function openPool(): Promise<FileSystemSyncAccessHandle[]> {
  const directory = await folder();
  const until = Date.now() + retryFor;
  for (;;) {
    try {
      return await openAll(directory);
    } catch (error) {
      if (!isTaken(error) || Date.now() > until) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, retryEvery));
  }
}

/** Everything gone, the names of the files too. The handles must be closed. */
export async function removePool(): Promise<void> {
  const root = await navigator.storage.getDirectory();
  await root.removeEntry(folderName, { recursive: true }).catch((error: unknown) => {
    if (!(error instanceof DOMException && error.name === 'NotFoundError')) throw error;
  });
}
