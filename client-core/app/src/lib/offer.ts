// Gives a file to the phone: by its share sheet where it takes such files, otherwise as a download.
export function offer(file: File): void {
  if (navigator.canShare?.({ files: [file] })) {
    void navigator.share({ files: [file], title: file.name }).catch(() => undefined);
    return;
  }
  const address = URL.createObjectURL(file);
  Object.assign(document.createElement('a'), { href: address, download: file.name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
