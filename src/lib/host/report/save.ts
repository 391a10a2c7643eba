/** Saves the facilitator's report as a file made on this device; works after the session was deleted. */
import type { Report } from '#protocol/report.ts';
import { download } from '$lib/export/download.ts';
import { reportMarkdown } from './markdown.ts';
import { reportCsv } from './table.ts';

export type ReportFormat = 'markdown' | 'csv';

const FORMATS = {
  markdown: { make: reportMarkdown, ending: 'md', type: 'text/markdown;charset=utf-8' },
  csv: { make: reportCsv, ending: 'csv', type: 'text/csv;charset=utf-8' },
};

/**
 * Named by the day the room started, never by a person.
 * @param notes the facilitator's own
 * @param now ms since 1970, for a room that has not started
 */
export function saveReport(format: ReportFormat, report: Report, notes: string, now: number): void {
  const { make, ending, type } = FORMATS[format];
  const day = dayOf(report.startedAt ?? now);
  const what = report.rehearsal ? 'rehearsal' : 'report';
  download(`crossroads-${what}-${day}.${ending}`, make(report, notes), type);
}

/** The facilitator's own notes by themselves, where the report has gone with its session. */
export function saveNotes(notes: string): void {
  const { ending, type } = FORMATS.markdown;
  download(`crossroads-notes-${dayOf(Date.now())}.${ending}`, notes, type);
}

/** The day where this device is: `2026-11-23`. */
function dayOf(time: number): string {
  const date = new Date(time);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
