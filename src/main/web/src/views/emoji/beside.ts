/** Where an arrow key leads in a grid that is read line by line: to a neighbour, or out above it. */
export function beside<T extends { getBoundingClientRect(): { top: number; left: number } }>(
  stops: readonly T[],
  here: number,
  key: string,
): T | 'above' | undefined {
  if (key === 'ArrowRight' || key === 'ArrowLeft') {
    const forward = (key === 'ArrowRight') !== (document.dir === 'rtl');
    return stops[here + (forward ? 1 : -1)];
  }
  const from = stops[here];
  if (!from || (key !== 'ArrowDown' && key !== 'ArrowUp')) return undefined;
  const { top, left } = from.getBoundingClientRect();
  const down = key === 'ArrowDown';
  const beyond = down ? stops.slice(here + 1) : stops.slice(0, here).reverse();
  let line: number | undefined;
  let best: { stop: T; off: number } | undefined;
  for (const stop of beyond) {
    const place = stop.getBoundingClientRect();
    if (down ? place.top <= top : place.top >= top) continue;
    line ??= place.top;
    if (place.top !== line) break;
    const off = Math.abs(place.left - left);
    if (!best || off < best.off) best = { stop, off };
  }
  return best?.stop ?? (down ? undefined : 'above');
}
