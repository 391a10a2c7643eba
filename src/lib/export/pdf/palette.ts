/** The identity's light theme on white paper; tests/lib/export/palette.test.ts keeps it equal to tokens.css. */
export const PALETTE = {
  ink: '#1d1a16',
  soft: '#4a443b',
  rule: '#d8cfbf',
  edge: '#857b6b',
  /** First and second pole. */
  poles: ['#0d4a50', '#bf6c14'],
} as const;
