export interface Place {
  seq: number;
  /** Pixels of that row above the edge. */
  offset: number;
}

/** Where somebody was in a room, as long as the tab lives; nothing when they were at its end. */
export function placeOf(room: string): Place | undefined {
  try {
    return (JSON.parse(sessionStorage.getItem(key(room)) ?? 'null') as Place | null) ?? undefined;
  } catch {
    return undefined;
  }
}

export function keepPlace(room: string, place: Place | undefined): void {
  try {
    if (place) sessionStorage.setItem(key(room), JSON.stringify(place));
    else sessionStorage.removeItem(key(room));
  } catch {
    // Then the next visit starts at the end.
  }
}

function key(room: string): string {
  return `parley.place.${room}`;
}
