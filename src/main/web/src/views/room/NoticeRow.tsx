import type { Notice } from '../../state/room';
import { isolated, words } from '../../words';
import { exactly } from '../../words/times';
import { follow, paths } from '../router';
import { useTalk } from './talk';

/** Something that happened to the room, small and in the middle. */
export function NoticeRow({ notice }: { notice: Notice }) {
  return (
    <p class="px-4 py-1.5 text-center text-xs break-words text-faint" title={exactly(notice.at)}>
      {notice.kind === 'pin' ? <Pinned notice={notice} /> : sentence(notice)}
    </p>
  );
}

/** That somebody pinned a message, with the way to it. */
function Pinned({ notice: { author, target } }: { notice: Notice }) {
  const { room } = useTalk();
  const said = words().pinnedBy(isolated(author?.name ?? words().someone));
  return target === undefined ? (
    <>{said}</>
  ) : (
    <a href={paths.message(room.value.id, target)} onClick={follow} class="hover:underline">
      {said}
    </a>
  );
}

function sentence({ kind, author, subject, role, text = '' }: Notice): string {
  const w = words();
  const who = isolated(subject?.name ?? w.someone);
  const by = isolated(author?.name ?? w.someone);
  const self = author === undefined || author.id === subject?.id;
  switch (kind) {
    case 'create':
      return w.created(by);
    case 'join':
      return self ? w.joined(who) : w.addedBy(who, by);
    case 'leave':
      return w.left(who);
    case 'kick':
      return w.kicked(who, by);
    case 'role':
      return self ? w.steppedDown(by) : w.became[role ?? 'other'](who, by);
    case 'rename':
      return w.renamed(isolated(text), by);
    case 'topic':
      return text === '' ? w.topicGone(by) : w.topic(isolated(text), by);
    case 'pin':
      return w.pinnedBy(by);
  }
}
