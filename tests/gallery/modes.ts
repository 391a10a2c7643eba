/** The eyes that look at every state: sizes, themes, forced colours, large text. */
import type { BrowserContextOptions } from '@playwright/test';

export const FACES = ['wall', 'console', 'phone'] as const;
export type FaceName = (typeof FACES)[number];

export interface Mode {
  name: string;
  face: FaceName;
  options: BrowserContextOptions;
  /** Root font size in per cent, where it is not the browser's own. */
  text?: number;
}

const size = (width: number, height: number) => ({ viewport: { width, height } });
const phone = (width: number, height: number): BrowserContextOptions => ({
  ...size(width, height),
  hasTouch: true,
  isMobile: true,
});

/** Light, and dark beside it. */
function themes(face: FaceName, name: string, options: BrowserContextOptions): Mode[] {
  return (['light', 'dark'] as const).map((colorScheme) => ({
    name: `${name}-${colorScheme}`,
    face,
    options: { ...options, colorScheme },
  }));
}

export const MODES: Mode[] = [
  ...themes('wall', 'wall', size(1920, 1080)),
  { name: 'wall-720', face: 'wall', options: size(1280, 720) },
  { name: 'wall-4x3', face: 'wall', options: size(1024, 768) },
  { name: 'wall-forced', face: 'wall', options: { ...size(1920, 1080), forcedColors: 'active' } },
  ...themes('console', 'console', size(1440, 900)),
  { name: 'console-phone', face: 'console', options: phone(390, 844) },
  {
    name: 'console-forced',
    face: 'console',
    options: { ...size(1440, 900), forcedColors: 'active' },
  },
  ...themes('phone', 'phone', phone(390, 844)),
  { name: 'phone-320', face: 'phone', options: phone(320, 640) },
  { name: 'phone-forced', face: 'phone', options: { ...phone(390, 844), forcedColors: 'active' } },
  { name: 'phone-large-text', face: 'phone', options: phone(390, 844), text: 200 },
];
