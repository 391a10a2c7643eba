/** Content that is longer than its slide grows smaller until it fits, but never unreadable. */
import type { Attachment } from 'svelte/attachments';

const STEP = 0.04;
/** Below this the text could not be read from the back of the room. */
const SMALLEST = 0.68;

/** Sets `--fit` (1 down to 0.68) on the element, at every change of its size or content. */
export const fit: Attachment<HTMLElement> = (element) => {
  let frame = 0;
  const measure = () => {
    let scale = 1;
    element.style.setProperty('--fit', '1');
    while (overflows(element) && scale > SMALLEST) {
      scale = Math.max(SMALLEST, scale - STEP);
      element.style.setProperty('--fit', String(scale));
    }
  };
  const later = () => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(measure);
  };
  const size = new ResizeObserver(later);
  const content = new MutationObserver(later);
  size.observe(element);
  content.observe(element, { childList: true, subtree: true, characterData: true });
  void document.fonts.ready.then(later);
  measure();
  return () => {
    cancelAnimationFrame(frame);
    size.disconnect();
    content.disconnect();
  };
};

/** Tight lines let letters reach out of their box a little; that is no overflow. */
const SLACK = 0.012;

function overflows(element: HTMLElement): boolean {
  const { scrollHeight, clientHeight, scrollWidth, clientWidth } = element;
  return scrollHeight > clientHeight * (1 + SLACK) || scrollWidth > clientWidth * (1 + SLACK);
}
