import type { Notice } from '../../state/notices';
import { isolated, words } from '../../words';
import { exactly, moment, span } from '../../words/times';
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

function sentence(notice: Notice): string {
  const { kind, author, subject, role, text = '', until, seconds = 0, open } = notice;
  const w = words();
  const m = w.moderation;
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
    case 'ban':
      return until === undefined
        ? m.noticeBan(who, by)
        : m.noticeBanUntil(who, by, isolated(moment(until)));
    case 'unban':
      return m.noticeUnban(who, by);
    case 'mute':
      return m.noticeMute(who, by, isolated(moment(until ?? notice.at)));
    case 'unmute':
      return m.noticeUnmute(who, by);
    case 'slowmode':
      return seconds === 0 ? m.noticeSlowOff(by) : m.noticeSlow(isolated(span(seconds)), by);
    case 'archive':
      return m.noticeArchive(by);
    case 'unarchive':
      return m.noticeUnarchive(by);
    case 'history':
      return open ? w.membership.noticeHistoryOpen(by) : w.membership.noticeHistoryClosed(by);
    case 'door':
      return open ? w.membership.noticeDoorOpen(by) : w.membership.noticeDoorClosed(by);
    case 'end':
      return m.noticeEnd(by);
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
