/** Lets the arrow keys go through the rows of a list, from the field above it and back. */
export function arrows(event: KeyboardEvent): void {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const within = event.currentTarget as HTMLElement;
  const stops = [...within.querySelectorAll<HTMLElement>('input[type=search], [data-row]')];
  const here = stops.findIndex((stop) => stop === document.activeElement);
  const next = stops[here + (event.key === 'ArrowDown' ? 1 : -1)];
  if (here >= 0 && next) {
    event.preventDefault();
    next.focus();
  }
}
