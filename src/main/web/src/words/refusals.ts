import { Failure } from '../client/failure';
import { why, words } from './index';

/** Why somebody cannot be written to or added. Whose wish that is, nobody is told. */
export function unreachable(thrown: unknown): string {
  const failure = Failure.from(thrown);
  const nobody = failure.reason === 'FORBIDDEN' || failure.reason === 'NOT_FOUND';
  return nobody ? words().cannotReach : why(failure);
}

/** Why something could not be done to a message. */
export function refusedAct(thrown: unknown): string {
  const failure = Failure.from(thrown);
  if (failure.reason === 'GONE') return words().deleted;
  return failure.reason === 'NOT_FOUND' ? words().notThere : why(failure);
}

/** Why a thread cannot be read: it may have begun before what somebody may read of the room. */
export function noThread(failure: Failure, root: number, since: number | undefined): string {
  if (failure.reason !== 'NOT_FOUND') return why(failure);
  return since !== undefined && root < since ? words().threadBefore : words().noSuchThread;
}
