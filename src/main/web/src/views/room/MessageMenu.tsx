import { useState } from 'preact/hooks';
import { Failure } from '../../client/failure';
import { editable } from '../../state/editing';
import { deletes, pins, writes } from '../../state/rights';
import type { Message } from '../../state/room';
import { why, words } from '../../words';
import { useHome } from '../context';
import { go, paths } from '../router';
import { say } from '../status/toast';
import { Menu, type Choice } from '../ui/Menu';
import { useTalk } from './talk';

interface Props {
  message: Message;
  /** What it was opened from; at the bottom of the screen without. */
  beside: DOMRect | undefined;
  onForward: () => void;
  onClose: () => void;
}

/** What can be done with a message. */
export function MessageMenu({ message, beside, onForward, onClose }: Props) {
  const { me, picks, reader } = useHome();
  const { room, answering, thread, edit, remove, react, lookBack } = useTalk();
  const [seen] = useState(room.peek());
  const { id, role, type } = seen;
  const writing = writes(seen, Date.now());
  const w = words();
  const attempt = (work: Promise<unknown>) =>
    void work.catch((thrown: unknown) => say({ text: refused(thrown) }));
  const markUnread = () =>
    void reader.markUnread(id, message.seq).then(
      () => say({ text: w.markedUnread }),
      () => say({ text: w.notMarked }),
    );
  const copyLink = () => {
    const to =
      message.thread === undefined
        ? paths.message(id, message.seq)
        : paths.inThread(id, message.thread, message.seq);
    void copied(location.origin + to).then((done) =>
      say({ text: done ? w.linkCopied : w.linkNotCopied }),
    );
  };
  const choices: Choice[] = [];
  if (writing) {
    choices.push({ icon: 'reply', label: w.reply, run: () => (answering.value = message.seq) });
  }
  choices.push({ icon: 'forward', label: w.forward, run: onForward });
  if (writing && pins(role, type)) {
    choices.push(
      message.pinned === undefined
        ? { icon: 'pin', label: w.pin, run: () => attempt(picks.pin(id, message.seq)) }
        : { icon: 'pin', label: w.unpin, run: () => attempt(picks.unpin(id, message.seq)) },
    );
  }
  if (thread === undefined && message.thread === undefined) {
    const label = writing ? w.replyInThread : w.openThread;
    choices.push({ icon: 'chats', label, run: () => go(paths.thread(id, message.seq)) });
  }
  if (writing) {
    choices.push({ icon: 'smile', label: w.react, run: () => react(message, beside) });
  }
  if (writing && editable(message, me.id)) {
    choices.push({ icon: 'pen', label: w.edit, run: () => edit(message) });
  }
  if (message.edited) {
    choices.push({ icon: 'clock', label: w.lookBack, run: () => lookBack(message) });
  }
  if (message.author.id !== me.id && message.thread === undefined) {
    choices.push({ icon: 'unread', label: w.markUnread, run: markUnread });
  }
  choices.push({ icon: 'link', label: w.copyLink, run: copyLink });
  if (deletes(seen, message.author.id === me.id)) {
    choices.push({ icon: 'trash', label: w.delete, grave: true, run: () => remove(message) });
  }
  return <Menu label={w.actions} choices={choices} beside={beside} onClose={onClose} />;
}

/** Puts a text on the clipboard; tells whether there is one. */
async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Why it was not pinned. */
function refused(thrown: unknown): string {
  const failure = Failure.from(thrown);
  const w = words();
  if (failure.reason === 'ALREADY_EXISTS') return w.pinnedAlready;
  return failure.reason === 'CONFLICT' ? w.tooManyPins : why(failure);
}
