import { useEffect } from 'preact/hooks';
import { go, paths, place } from '../router';

/** A / that nobody types anywhere opens the search. */
export function useSearchKey(): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const plain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.defaultPrevented;
      if (
        event.key === '/' &&
        plain &&
        !typing(event.target) &&
        !document.querySelector('dialog')
      ) {
        event.preventDefault();
        const where = place.peek();
        go(where.is === 'room' ? paths.searchIn(where.id) : paths.search);
      }
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, []);
}

function typing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input, textarea, select'))
  );
}
