import { Failure, type Reason } from '../../client/failure';
import type { Identity } from '../../client/identity';
import type { App } from '../../state/app';

/** It may have been done all the same. */
const UNKNOWN = new Set<Reason>(['UNAVAILABLE', 'TIMEOUT', 'INTERNAL']);

/** Proves the address that a link was sent to. Fails where another try may tell. */
export async function prove(app: App, token: string): Promise<'verified' | 'gone' | 'taken'> {
  const end = await app.identity.verifyEmail(token).then(
    () => 'verified' as const,
    (thrown: unknown) => {
      const failure = Failure.from(thrown);
      if (unfit(failure)) return 'gone' as const;
      if (failure.reason === 'ALREADY_EXISTS') return 'taken' as const;
      throw failure;
    },
  );
  // What is shown while signed in should not wait for the next renewal.
  const known = app.home.peek() && (await app.identity.me().catch(() => undefined));
  if (known) app.learn(known);
  return end;
}

/**
 * Sets a password by a link. After a try that nobody answered a link that is used up tells that the password is set,
 * perhaps.
 */
export function resetting(
  identity: Identity,
  token: string,
): (password: string) => Promise<'done' | 'gone' | 'perhaps'> {
  let unanswered = false;
  return async (password) => {
    try {
      await identity.reset(token, password);
      return 'done';
    } catch (thrown) {
      const failure = Failure.from(thrown);
      if (unfit(failure)) return unanswered ? 'perhaps' : 'gone';
      unanswered ||= UNKNOWN.has(failure.reason);
      throw failure;
    }
  };
}

/** The link was used or replaced, is too old, or is none. */
function unfit({ reason, details }: Failure): boolean {
  return reason === 'GONE' || (reason === 'INVALID' && details.field === 'token');
}
