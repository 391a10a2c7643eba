/** What may lie over the console; one at a time. The close guard is the server's question, not ours. */
export type Overlay = 'share' | 'end' | 'help' | 'code';
