import { useEffect, useState } from 'preact/hooks';
import { Failure } from '../../client/failure';
import { why, words } from '../../words';
import { useHome } from '../context';
import { PageNote } from '../pages/Page';
import { usePerson } from '../people/usePerson';
import { Composer } from './Composer';
import { Header } from './Header';
import type { Panel } from '../router';
import { Members } from './Members';
import { BlockedHere, GoneHere } from './NoWriting';
import { Pins } from './Pins';
import { Stranger } from './Stranger';
import { Talking } from './Talking';
import { Timeline } from './Timeline';
import { TypingLine } from './TypingLine';
import { useAnswering } from './useAnswering';

interface Props {
  id: string;
  at: number | undefined;
  panel: Panel | undefined;
}

/** A room on the screen: its timeline, what one writes, and who is in it. */
export function Room({ id, at, panel }: Props) {
  const { rooms, me } = useHome();
  const answering = useAnswering(me.id, id);
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
    <Talking room={room} answering={answering}>
      <section aria-label={name} class="flex min-w-0 flex-1 flex-col">
        <Header room={room} panel={panel} other={other} />
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
      {panel === 'members' && member && <Members room={room} />}
      {panel === 'pins' && member && <Pins room={room} />}
    </Talking>
  );
}
