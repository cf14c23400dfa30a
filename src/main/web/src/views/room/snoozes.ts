import { serverNow } from '../../client/clock';

/** In seconds; zero ends a snooze. */
const SNOOZES: readonly number[] = [0, 3600, 28_800, 86_400, 604_800];

/** Of how long a room may be snoozed: what there is to choose from, what is chosen, and until when it is already. */
export interface Snoozes {
  /** In seconds; nothing leaves it as it is. */
  spans: readonly (number | undefined)[];
  chosen: number | undefined;
  until: number | undefined;
}

/**
 * A room that is snoozed begins with its snooze as it is, so that none at all is something else, and can be chosen.
 *
 * @param asked what somebody has chosen here; nothing yet
 */
export function snoozes(
  until: number | undefined,
  asked: number | undefined,
  now = serverNow(),
): Snoozes {
  return until !== undefined && until > now
    ? { spans: [undefined, ...SNOOZES], chosen: asked, until }
    : { spans: SNOOZES, chosen: asked ?? 0, until: undefined };
}
