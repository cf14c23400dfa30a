const IDLE_MS = 5 * 60_000;
const SIGNS = ['keydown', 'pointerdown', 'pointermove', 'wheel', 'touchstart'] as const;

/** Tells when nobody uses the page any more: no input for five minutes, or it cannot be seen. */
export function watchIdle(tell: (idle: boolean) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let usedAt = Date.now();
  const look = () => {
    clearTimeout(timer);
    const left = document.hidden ? 0 : usedAt + IDLE_MS - Date.now();
    if (left > 0) timer = setTimeout(look, left);
    tell(left <= 0);
  };
  const used = () => {
    // Most signs change nothing, and come by the hundred.
    const was = Date.now() - usedAt >= IDLE_MS;
    usedAt = Date.now();
    if (was) look();
  };
  const shown = () => {
    if (!document.hidden) usedAt = Date.now();
    look();
  };
  for (const sign of SIGNS) addEventListener(sign, used, { passive: true, capture: true });
  document.addEventListener('visibilitychange', shown);
  look();
  return () => {
    clearTimeout(timer);
    for (const sign of SIGNS) removeEventListener(sign, used, { capture: true });
    document.removeEventListener('visibilitychange', shown);
  };
}
