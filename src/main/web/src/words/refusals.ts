import { Failure } from '../client/failure';
import { why, words } from './index';

/** Why somebody cannot be written to or added. Whose wish that is, nobody is told. */
export function unreachable(thrown: unknown): string {
  const failure = Failure.from(thrown);
  const nobody = failure.reason === 'FORBIDDEN' || failure.reason === 'NOT_FOUND';
  return nobody ? words().cannotReach : why(failure);
}
