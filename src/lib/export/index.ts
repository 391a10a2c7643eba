/**
 * Takes the summary home as a file, made on this device. Each format is code of its own, loaded
 * when asked for; `prepareExports` fetches it beforehand, so that it works after the network is gone.
 */
import { download } from './download.ts';
import type { TakeHome } from './take-home.ts';

export type { TakeHome } from './take-home.ts';

export const FORMATS = ['pdf', 'markdown', 'json'] as const;
export type Format = (typeof FORMATS)[number];

interface MadeFile {
  extension: string;
  type: string;
  content: Uint8Array | string;
}

/**
 * Makes the file and offers it as a download named by the day alone, never by a person.
 * @throws when the code or the fonts for it were not prepared and cannot be fetched
 */
export async function exportAs(format: Format, takeHome: TakeHome): Promise<void> {
  const { extension, type, content } = await MAKERS[format](takeHome);
  download(`crossroads-summary-${takeHome.date}.${extension}`, content, type);
}

/** Fetches everything an export may need. Call it when the result appears. @throws when offline */
export async function prepareExports(): Promise<void> {
  const [{ prepareFonts }] = await Promise.all([
    import('./fetched-fonts.ts'),
    import('./pdf.ts'),
    import('./markdown.ts'),
    import('./json.ts'),
  ]);
  await prepareFonts();
}

const MAKERS: Record<Format, (takeHome: TakeHome) => Promise<MadeFile>> = {
  pdf: async (takeHome) => {
    const [{ toPdf }, { fetchedFonts }] = await Promise.all([
      import('./pdf.ts'),
      import('./fetched-fonts.ts'),
    ]);
    const content = await toPdf(takeHome, fetchedFonts);
    return { extension: 'pdf', type: 'application/pdf', content };
  },
  markdown: async (takeHome) => {
    const { toMarkdown } = await import('./markdown.ts');
    const content = toMarkdown(takeHome);
    return { extension: 'md', type: 'text/markdown;charset=utf-8', content };
  },
  json: async (takeHome) => {
    const { toJson } = await import('./json.ts');
    return { extension: 'json', type: 'application/json', content: toJson(takeHome) };
  },
};
