import { useEffect, useState } from 'preact/hooks';
import { Failure } from '../../client/failure';
import { why, words } from '../../words';
import { useHome } from '../context';
import { PageNote } from '../pages/Page';
import { usePerson } from '../people/usePerson';
import { Composer } from './Composer';
import { Header } from './Header';
import { Members } from './Members';
import { BlockedHere, GoneHere } from './NoWriting';
import { Stranger } from './Stranger';
import { Timeline } from './Timeline';
import { TypingLine } from './TypingLine';

interface Props {
  id: string;
  at: number | undefined;
  members: boolean;
}

/** A room on the screen: its timeline, what one writes, and who is in it. */
export function Room({ id, at, members }: Props) {
  const { rooms } = useHome();
  const [failure, setFailure] = useState<Failure>();
  useEffect(() => {
    rooms.show(id).catch((thrown: unknown) => setFailure(Failure.from(thrown)));
    return () => rooms.hide(id);
  }, [id]);

  const room = rooms.byId.value.get(id);
  const other = usePerson(room?.value.peer);
  if (!room) {
    return failure && !failure.retryable ? (
      <PageNote>{failure.reason === 'NOT_FOUND' ? words().noSuchRoom : why(failure)}</PageNote>
    ) : (
      <div class="flex-1" aria-busy="true" />
    );
  }
  const { role, peer, name } = room.value;
  const member = role !== undefined;
  return (
    <div class="relative flex min-w-0 flex-1">
      <section aria-label={name} class="flex min-w-0 flex-1 flex-col">
        <Header room={room} membersShown={members} other={other} />
        {member ? (
          <>
            <Timeline room={room} at={at} />
            <TypingLine id={id} />
            {peer !== undefined && other.gone ? (
              <GoneHere />
            ) : peer !== undefined && other.blocked ? (
              <BlockedHere peer={peer} name={name} />
            ) : (
              <Composer room={room} />
            )}
          </>
        ) : (
          <Stranger room={room} />
        )}
      </section>
      {members && member && <Members room={room} />}
    </div>
  );
}
