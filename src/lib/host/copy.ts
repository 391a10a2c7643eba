/** Copies text where the clipboard API is missing too: a laptop's page on plain http in a meeting room. */

/** @returns false when neither way worked: show the text, so that it can be copied by hand */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

function copyBySelection(text: string): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.readOnly = true;
  field.className = 'visually-hidden';
  // Inside an open modal dialog, because everything outside of it is inert.
  const parent = document.querySelector('dialog[open]') ?? document.body;
  const before = document.activeElement;
  parent.append(field);
  field.select();
  const copied = document.execCommand('copy');
  field.remove();
  if (before instanceof HTMLElement) before.focus();
  return copied;
}
