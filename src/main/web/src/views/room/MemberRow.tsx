import type { Member } from '../../client/protocol';
import { why, words } from '../../words';
import { useHome } from '../context';
import { go, paths } from '../router';
import { Avatar } from '../ui/Avatar';
import { Icon } from '../ui/Icon';
import { useWork } from '../ui/useAsk';

interface Props {
  member: Member;
  onRemove: (() => Promise<unknown>) | undefined;
}

/** Somebody in a room; a click writes to them. */
export function MemberRow({ member, onRemove }: Props) {
  const home = useHome();
  const { failure, run } = useWork();
  const w = words();
  const self = member.id === home.me.id;
  const write = async () => go(paths.room(await home.direct(member.id)));
  return (
    <li class="group flex items-center gap-1">
      <button
        type="button"
        disabled={self}
        title={self ? undefined : w.write}
        onClick={() => run(write)}
        class="flex min-h-12 min-w-0 flex-1 items-center gap-3 rounded-md px-2 text-start enabled:hover:bg-hover"
      >
        <Avatar id={member.id} name={member.name} />
        <span class="min-w-0 flex-1">
          <span class="block truncate">
            <bdi>{member.name}</bdi>
          </span>
          {failure && <span class="block text-xs text-danger">{why(failure)}</span>}
        </span>
        <span class="flex-none text-xs text-faint">{w.roles[member.role]}</span>
      </button>
      {onRemove && (
        <button
          type="button"
          class="icon-button opacity-0 group-hover:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100"
          aria-label={`${w.remove}: ${member.name}`}
          title={w.remove}
          onClick={() => run(onRemove)}
        >
          <Icon name="close" size={16} />
        </button>
      )}
    </li>
  );
}
