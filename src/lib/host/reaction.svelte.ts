/** Presses that were meant for what the console showed a moment ago (R8). */
import { sameCursor, type Cursor } from '#core/agenda.ts';

/**
 * Nobody sees a new slide, reads the new label and presses it in less: such a press is the second half
 * of a double click, or fell together with another console's. Nearly three deliberate presses a second
 * still go through.
 */
const REACTION_MS = 350;
/** How long a word about a press that did nothing stays. */
const NOTICE_MS = 6000;

export class Reaction {
  #settling = $state(false);
  #overtaken = $state(false);
  #seen: Cursor | null = null;
  /** Where this console has led the room last, or found it; elsewhere, somebody else has led it. */
  #led: Cursor | null = null;
  #settled: ReturnType<typeof setTimeout> | undefined;
  #said: ReturnType<typeof setTimeout> | undefined;

  /** The room has just moved. */
  get settling(): boolean {
    return this.#settling;
  }
  /** The last press did nothing, because another console had moved the room just before. */
  get overtaken(): boolean {
    return this.#overtaken;
  }

  /** A view has come. */
  look(cursor: Cursor): void {
    const before = this.#seen;
    this.#seen = cursor;
    this.#led ??= cursor;
    if (!before || sameCursor(before, cursor)) return;
    this.#settling = true;
    clearTimeout(this.#settled);
    this.#settled = setTimeout(() => (this.#settling = false), REACTION_MS);
  }

  /** Whether a press now counts. One that another console has overtaken is told; a double click needs no words. */
  mayPress(): boolean {
    if (!this.#settling) return true;
    if (this.#seen && this.#led && !sameCursor(this.#led, this.#seen)) this.tell();
    return false;
  }

  /** This console has moved the room. */
  led(to: Cursor): void {
    this.#led = to;
  }

  tell(): void {
    this.#overtaken = true;
    clearTimeout(this.#said);
    this.#said = setTimeout(() => (this.#overtaken = false), NOTICE_MS);
  }

  hush(): void {
    this.#overtaken = false;
  }

  stop(): void {
    clearTimeout(this.#settled);
    clearTimeout(this.#said);
  }
}
