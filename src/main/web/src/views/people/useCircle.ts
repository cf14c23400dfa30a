import { useEffect, useState } from 'preact/hooks';
import { Failure } from '../../client/failure';
import type { Circle } from '../../state/circle';
import { useHome } from '../context';

/** One's contacts and blocks, read for a view that needs them, and why they could not be. */
export function useCircle(needed = true): { circle: Circle; failure: Failure | undefined } {
  const { circle, connection } = useHome();
  const [failure, setFailure] = useState<Failure>();
  const open = connection.value.is === 'open';
  useEffect(() => {
    if (!needed) return;
    circle.need().then(
      () => setFailure(undefined),
      (thrown: unknown) => setFailure(Failure.from(thrown)),
    );
  }, [needed, open]);
  return { circle, failure };
}
