/** How far the clock of this computer is ahead of the server's, as far as that has been told. */
let aheadMs = 0;

/**
 * The time as the server has it, to a few seconds. Times that the server tells are compared with this one: a computer
 * whose clock is minutes off would take what was just said for old, and what is to come for over.
 */
export function serverNow(): number {
  return Date.now() - aheadMs;
}

/**
 * Learns from a token how the clocks differ: when it ends is told by the server's clock, and how long it is good was
 * told when it was given. Where either is not known nothing is learnt.
 *
 * @param endsThere as the server writes times
 * @param endsHere by the clock of this computer; epoch milliseconds
 */
export function compareClocks(endsThere: string | undefined, endsHere: number | undefined): void {
  const there = Date.parse(endsThere ?? '');
  if (endsHere !== undefined && !Number.isNaN(there)) aheadMs = endsHere - there;
}
