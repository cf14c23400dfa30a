import { useEffect, useRef } from 'preact/hooks';
import type { Following, ListedThread } from '../../state/following';
import { usePages, type Pages } from '../ui/usePages';

/** The threads that one follows, page by page. What is loaded stays, moves with what is said, and grows by it. */
export function useFollowed(following: Following): Pages<ListedThread> {
  const turn = following.turn.value;
  const asked = useRef(turn);
  const before = useRef(following.known.peek());
  const shown = useRef(false);
  // Where nothing could be shown so far, the next connection asks for it again.
  if (!shown.current) asked.current = turn;
  const pages = usePages(`${asked.current}`, (_turn, after) => {
    if (after === undefined) before.current = following.known.peek();
    return following.page(after);
  });
  const more = pages.more !== undefined;
  const items = pages.items && following.arranged(pages.items, before.current, more);
  shown.current = items !== undefined;
  useEffect(() => {
    // Where that fails nothing is lost.
    if (items) following.refresh(items).catch(() => undefined);
  }, [turn]);
  return { ...pages, items };
}
