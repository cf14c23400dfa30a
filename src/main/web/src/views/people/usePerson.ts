import { useEffect, useState } from 'preact/hooks';
import { Failure } from '../../client/failure';
import type { PersonSeen } from '../../client/people';
import { useHome } from '../context';
import { useCircle } from './useCircle';

const AGAIN_MS = 5 * 60_000;

export interface Somebody {
  /** As they are for the one who looks; nothing until that is known. */
  seen: PersonSeen | undefined;
  /** There is no such account, or no longer. */
  gone: boolean;
  contact: boolean;
  blocked: boolean;
  failure: Failure | undefined;
}

/** Who somebody is, looked up when a view shows them, now and then while it does, and after what changes it. */
export function usePerson(id: string | undefined): Somebody {
  const home = useHome();
  const { circle } = useCircle(id !== undefined);
  const [seen, setSeen] = useState<PersonSeen>();
  const [failure, setFailure] = useState<Failure>();
  const turn = circle.settled.value;
  useEffect(() => {
    if (id === undefined) return undefined;
    let wanted = true;
    const look = () => {
      home.look(id).then(
        (person) => {
          if (!wanted) return;
          setSeen(person);
          setFailure(undefined);
        },
        (thrown: unknown) => wanted && setFailure(Failure.from(thrown)),
      );
    };
    look();
    const timer = setInterval(look, AGAIN_MS);
    return () => {
      wanted = false;
      clearInterval(timer);
    };
  }, [id, turn]);
  const { contacts, blocked } = circle;
  return {
    seen,
    gone: failure?.reason === 'NOT_FOUND',
    contact: contacts.value?.has(id ?? '') ?? seen?.contact ?? false,
    blocked: blocked.value?.has(id ?? '') ?? seen?.blocked ?? false,
    failure,
  };
}
