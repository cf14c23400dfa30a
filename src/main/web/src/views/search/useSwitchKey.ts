import { useEffect } from 'preact/hooks';
import { switching } from './Switcher';

/** Ctrl-K, or Cmd-K, leads to another room from wherever one is, and away again. */
export function useSwitchKey(): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const { ctrlKey, metaKey, altKey, shiftKey, key } = event;
      if (key.toLowerCase() !== 'k' || ctrlKey === metaKey || altKey || shiftKey) return;
      event.preventDefault();
      if (switching.peek() || !document.querySelector('dialog')) {
        switching.value = !switching.peek();
      }
    };
    document.addEventListener('keydown', pressed);
    return () => {
      document.removeEventListener('keydown', pressed);
      switching.value = false;
    };
  }, []);
}
