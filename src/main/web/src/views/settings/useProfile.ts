import { useEffect, useState } from 'preact/hooks';
import { Failure } from '../../client/failure';
import type { OwnProfile } from '../../client/people';
import { useHome } from '../context';

/** What one says of oneself, read when a view shows it; until then nothing, or why not. */
export function useProfile(): { profile: OwnProfile | undefined; failure: Failure | undefined } {
  const home = useHome();
  const [failure, setFailure] = useState<Failure>();
  const open = home.connection.value.is === 'open';
  useEffect(() => {
    home.profile.read().then(
      () => setFailure(undefined),
      (thrown: unknown) => setFailure(Failure.from(thrown)),
    );
  }, [open]);
  return { profile: home.profile.value.value, failure };
}
