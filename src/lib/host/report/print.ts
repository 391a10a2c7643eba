/** The report on paper: a sheet that only a printer sees, beside the page that asked for it. */
import { flushSync, mount, unmount } from 'svelte';
import type { Report } from '#protocol/report.ts';
import ReportSheet from './ReportSheet.svelte';

/** Opens the browser's print dialogue. @param notes the facilitator's own; empty: none */
export function printReport(report: Report, notes: string): void {
  const sheet = mount(ReportSheet, { target: document.body, props: { report, notes } });
  flushSync();
  // Some browsers return from print() at once: the sheet stays until they say that they are done.
  window.addEventListener('afterprint', () => void unmount(sheet), { once: true });
  window.print();
}
