/** Saves a file that was made on this device. Works without a network and on plain http. */

/** Until then a slow device may still be reading it; afterwards the memory is given back. */
const KEEP_MS = 60_000;

/**
 * Offers a file to the browser's downloads.
 * @param type media type, with charset for text
 */
export function download(filename: string, content: Uint8Array | string, type: string): void {
  // A copy in a plain ArrayBuffer: a Blob takes no shared memory.
  const part = typeof content === 'string' ? content : new Uint8Array(content);
  const address = URL.createObjectURL(new Blob([part], { type }));
  const link = document.createElement('a');
  link.href = address;
  link.download = filename;
  link.hidden = true;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), KEEP_MS);
}
