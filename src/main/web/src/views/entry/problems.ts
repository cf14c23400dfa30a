import type { Failure } from '../../client/failure';
import { why, words } from '../../words';

/** What is wrong with a field, if the failure is about it. */
export function about(failure: Failure | undefined, ...fields: string[]): string | undefined {
  const field = failure?.details.field ?? '';
  if (!failure || !fields.includes(field)) return undefined;
  const taken = failure.reason === 'ALREADY_EXISTS' ? words().door.taken[field] : undefined;
  return taken ?? why(failure);
}

/** What somebody typed tells by itself what it is. */
export function asIdentifier(
  typed: string,
): { email: string } | { phoneNumber: string } | { username: string } {
  if (typed.includes('@')) return { email: typed };
  return /^\+[\d\s()./-]+$/.test(typed) ? { phoneNumber: typed } : { username: typed };
}
