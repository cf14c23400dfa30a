import type { Signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { DELETED } from '../../client/people';
import type { Person } from '../../client/protocol';
import { mentionsOne, type Message, type RoomState } from '../../state/room';
import { isolated, words } from '../../words';
import { exactly, when } from '../../words/times';
import { useHome } from '../context';
import { PersonName } from '../people/PersonName';
import { follow, paths } from '../router';
import { Text } from '../text/Text';
import { Avatar } from '../ui/Avatar';
import { Icon } from '../ui/Icon';
import { Editor } from './Editor';
import { MessageTools } from './MessageTools';
import { Quote } from './Quote';
import { Reactions } from './Reactions';
import { useTalk } from './talk';
import { ThreadLine } from './ThreadLine';
import { Ticks } from './Ticks';
import { useLongPress } from './useLongPress';
import { useMentioned } from './useMentioned';
import { useEdit, useSeen } from './useSeen';

interface Props {
  room: Signal<RoomState>;
  message: Message;
  own: boolean;
  /** The first of a group: the one with the name. */
  first: boolean;
  last: boolean;
}

/** Something somebody said. */
export function MessageRow({ room, message: said, own, first, last }: Props) {
  const message = useSeen(said);
  const edit = useEdit(said.seq);
  const { author, at, text, edited, deleted, reactions, replyTo, forwarded, pinned } = message;
  const { act, lookBack, thread } = useTalk();
  const press = useLongPress(() => act(message, undefined));
  // What was kept from an earlier visit has the name of then.
  const { me, people } = useHome();
  const name = people.gone(author.id) ? DELETED : author.name;
  const mentioned = useMentioned(message);
  const called = mentionsOne(message, me.id);
  const w = words();
  return (
    <Said
      id={author.id}
      name={name}
      at={at}
      own={own}
      called={called}
      first={first}
      last={last}
      tools={deleted || edit ? undefined : <MessageTools message={message} />}
      press={deleted || edit ? undefined : press}
      aside={
        own && !deleted && message.thread === undefined && <Ticks room={room} message={message} />
      }
    >
      {called && <span class="sr-only">{w.mentionsYou}</span>}
      {replyTo !== undefined && !deleted && <Quote seq={replyTo} />}
      {forwarded && <Forwarded by={forwarded} />}
      {edit ? (
        <Editor message={message} edit={edit} />
      ) : deleted ? (
        <span class="text-faint italic">{w.deleted}</span>
      ) : (
        <Text text={text} mentioned={mentioned} />
      )}
      {edited && !deleted && !edit && (
        <button
          type="button"
          class="ms-1 min-h-6 text-xs text-faint hover:underline"
          title={w.lookBack}
          onClick={() => lookBack(message)}
        >
          ({w.edited})
        </button>
      )}
      {pinned !== undefined && (
        <span class="ms-1 inline-flex items-center gap-0.5 align-middle text-xs text-faint">
          <Icon name="pin" size={14} />
          {w.pinned}
        </span>
      )}
      {reactions.length > 0 && <Reactions message={message} />}
      {thread === undefined && <ThreadLine message={message} />}
    </Said>
  );
}

/** Who said it first, elsewhere. */
function Forwarded({ by }: { by: Person }) {
  const { people } = useHome();
  const name = people.gone(by.id) ? DELETED : by.name;
  return (
    <p class="flex items-center gap-1 text-xs text-soft">
      <Icon name="forward" size={14} />
      {words().forwardedFrom(isolated(name))}
    </p>
  );
}

interface SaidProps {
  id: string;
  name: string;
  at: number;
  own: boolean;
  /** It mentions the reader. */
  called?: boolean;
  first: boolean;
  last: boolean;
  /** What it offers to a mouse over it, and to a finger that stays. */
  tools?: ComponentChildren;
  press?: ReturnType<typeof useLongPress> | undefined;
  /** What stands at its end. */
  aside?: ComponentChildren;
  children: ComponentChildren;
}

/** The frame of everything said: whose it is, told once in a group, and since when. */
export function Said(props: SaidProps) {
  const { id, name, at, own, called, first, last, tools, press, aside, children } = props;
  return (
    <article
      {...press}
      class={`group relative mx-1 flex gap-3 px-3 md:mx-2 md:px-4 ${own ? 'bg-own' : ''} ${called ? 'called bg-accent-soft' : ''} ${first ? 'mt-1.5 rounded-t-md pt-1' : ''} ${last ? 'rounded-b-md pb-1' : ''}`}
    >
      {tools}
      <div class="w-9 flex-none pt-0.5">
        {first && (
          <a href={paths.person(id)} onClick={follow} tabIndex={-1} aria-hidden="true">
            <Avatar id={id} name={name} />
          </a>
        )}
      </div>
      <div class="min-w-0 max-w-[720px] flex-1">
        {first && (
          <p class="flex items-baseline gap-2">
            <a
              href={paths.person(id)}
              onClick={follow}
              class="min-w-0 truncate font-semibold hover:underline"
            >
              <PersonName name={name} />
            </a>
            <time
              class="flex-none text-xs text-faint"
              dateTime={new Date(at).toISOString()}
              title={exactly(at)}
            >
              {when(at)}
            </time>
          </p>
        )}
        <div
          title={first ? undefined : exactly(at)}
          class="w-fit max-w-full py-0.5 break-words has-[form]:w-full"
        >
          {children}
        </div>
      </div>
      {aside && <div class="flex flex-none items-end pb-0.5">{aside}</div>}
    </article>
  );
}
