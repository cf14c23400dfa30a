import { useEffect, useState } from 'preact/hooks';
import { Failure } from '../../client/failure';
import type { Wording } from '../../state/picks';
import type { Message } from '../../state/room';
import { why, words } from '../../words';
import { exactly, when } from '../../words/times';
import { useHome } from '../context';
import { PageNote, PageSkeletons } from '../pages/Page';
import { Text } from '../text/Text';
import { Dialog } from '../ui/Dialog';
import { useTalk } from './talk';

/** All that a message has said, the newest first. */
export function Wordings({ message, onClose }: { message: Message; onClose: () => void }) {
  const { picks } = useHome();
  const { room } = useTalk();
  const [found, setFound] = useState<readonly Wording[]>();
  const [failure, setFailure] = useState<Failure>();
  useEffect(() => {
    picks.wordings(room.peek().id, message.seq).then(setFound, (thrown: unknown) => {
      setFailure(Failure.from(thrown));
    });
  }, []);
  const w = words();
  return (
    <Dialog title={w.lookBack} onClose={onClose}>
      {failure && <PageNote>{failure.reason === 'NOT_FOUND' ? w.deleted : why(failure)}</PageNote>}
      {!found && !failure && <PageSkeletons />}
      <ol
        class="grid max-h-[60vh] gap-3 overflow-y-auto"
        tabIndex={0}
        aria-label={w.lookBack}
        reversed
      >
        {found
          ?.map(({ seq, at, text }, index) => (
            <li key={seq} class="break-words">
              <p class="text-xs text-soft">
                <time dateTime={new Date(at).toISOString()} title={exactly(at)}>
                  {index === 0 ? `${w.asSent}, ${when(at)}` : w.editedAt(when(at))}
                </time>
              </p>
              <Text text={text} />
            </li>
          ))
          .reverse()}
      </ol>
    </Dialog>
  );
}
