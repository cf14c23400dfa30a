import { useRef } from 'preact/hooks';

const LONG_MS = 450;
const STILL_PIXELS = 10;

/** Handlers for a finger that stays where it is for a while; the tap that it is not is swallowed. */
export function useLongPress(run: () => void): {
  onPointerDown: (event: PointerEvent) => void;
  onPointerMove: (event: PointerEvent) => void;
  onPointerUp: () => void;
  onPointerCancel: () => void;
  onClickCapture: (event: MouseEvent) => void;
  onContextMenu: (event: MouseEvent) => void;
} {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const from = useRef({ x: 0, y: 0 });
  const pressed = useRef(false);
  const end = () => {
    clearTimeout(timer.current);
    timer.current = undefined;
  };
  return {
    onPointerDown: (event) => {
      pressed.current = false;
      if (event.pointerType !== 'touch') return;
      from.current = { x: event.clientX, y: event.clientY };
      end();
      timer.current = setTimeout(() => {
        pressed.current = true;
        timer.current = undefined;
        run();
      }, LONG_MS);
    },
    onPointerMove: (event) => {
      const { x, y } = from.current;
      if (Math.hypot(event.clientX - x, event.clientY - y) > STILL_PIXELS) end();
    },
    onPointerUp: end,
    onPointerCancel: end,
    onClickCapture: (event) => {
      if (pressed.current) {
        event.preventDefault();
        event.stopPropagation();
        pressed.current = false;
      }
    },
    // The browser's own menu would come on top.
    onContextMenu: (event) => {
      if (pressed.current || timer.current !== undefined) event.preventDefault();
    },
  };
}
