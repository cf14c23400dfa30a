import type { Member } from '../../client/protocol';
import { why, words } from '../../words';
import { PersonName } from '../people/PersonName';
import { follow, paths } from '../router';
import { Avatar } from '../ui/Avatar';
import { Icon } from '../ui/Icon';
import { useWork } from '../ui/useAsk';

interface Props {
  member: Member;
  onRemove: (() => Promise<unknown>) | undefined;
}

/** Somebody in a room, as a link to who they are. */
export function MemberRow({ member, onRemove }: Props) {
  const { failure, run } = useWork();
  const w = words();
  return (
    <li class="group flex items-center gap-1">
      <a
        href={paths.person(member.id)}
        onClick={follow}
        class="flex min-h-12 min-w-0 flex-1 items-center gap-3 rounded-md px-2 text-start hover:bg-hover"
      >
        <Avatar id={member.id} name={member.name} />
        <span class="min-w-0 flex-1">
          <span class="block truncate">
            <PersonName name={member.name} />
          </span>
          {failure && <span class="block text-xs text-danger">{why(failure)}</span>}
        </span>
        <span class="flex-none text-xs text-faint">{w.roles[member.role]}</span>
      </a>
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
