import { useEffect, useState } from 'preact/hooks';
import { Failure } from '../../client/failure';
import { why, words } from '../../words';
import { useHome } from '../context';
import { PageNote } from '../pages/Page';
import { SearchPanel } from '../search/SearchPanel';
import { usePerson } from '../people/usePerson';
import { BannedHere } from './BannedHere';
import { DeletedHere } from './Deleting';
import { Header } from './Header';
import type { Panel, ThreadAt } from '../router';
import { Members } from './Members';
import { Pins } from './Pins';
import { Stranger } from './Stranger';
import { Talking } from './Talking';
import { ThreadPanel } from './ThreadPanel';
import { Timeline } from './Timeline';
import { TypingLine } from './TypingLine';
import { useAnswering } from './useAnswering';
import { useThreadJump } from './useThread';
import { Writing } from './Writing';

interface Props {
  id: string;
  at: number | undefined;
  panel: Panel | undefined;
  thread: ThreadAt | undefined;
}

/** A room on the screen: its timeline, what one writes, and who is in it. */
export function Room({ id, at, panel, thread }: Props) {
  const { rooms, lost, me, reader, connection } = useHome();
  const answering = useAnswering(me.id, id);
  const [failure, setFailure] = useState<Failure>();
  const away = lost.value?.room === id ? lost.value : undefined;
  useEffect(() => {
    setFailure(undefined);
    rooms.show(id).catch((thrown: unknown) => setFailure(Failure.from(thrown)));
    return () => rooms.hide(id);
  }, [id, away]);
  const open = connection.value.is === 'open';
  useEffect(() => {
    if (open) reader.askReceipts(id).catch(() => undefined);
  }, [id, open]);

  const room = rooms.byId.value.get(id);
  const other = usePerson(room?.value.peer);
  useThreadJump(room, at);
  if (!room) {
    return away?.deleted !== undefined ? (
      <DeletedHere name={away.deleted} />
    ) : failure?.reason === 'BANNED' ? (
      <BannedHere failure={failure} />
    ) : failure && !failure.retryable ? (
      <PageNote>{failure.reason === 'NOT_FOUND' ? words().noSuchRoom : why(failure)}</PageNote>
    ) : (
      <div class="flex-1" aria-busy="true" />
    );
  }
  const { role, name } = room.value;
  const member = role !== undefined;
  return (
    <Talking room={room} answering={answering}>
      <section aria-label={name} class="flex min-w-0 flex-1 flex-col">
        <Header room={room} panel={panel} other={other} />
        {member ? (
          <>
            <Timeline room={room} at={at} />
            <TypingLine id={id} />
            <Writing room={room} other={other} />
          </>
        ) : (
          <Stranger room={room} />
        )}
      </section>
      {panel === 'members' && member && <Members room={room} />}
      {panel === 'pins' && member && <Pins room={room} />}
      {thread && member && (
        <ThreadPanel key={thread.root} room={room} other={other} where={thread} />
      )}
      {panel === 'search' && member && <SearchPanel room={id} />}
    </Talking>
  );
}
