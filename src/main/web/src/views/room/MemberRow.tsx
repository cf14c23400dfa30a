import { useEffect, useRef, useState } from 'preact/hooks';
import type { Member, Role } from '../../client/protocol';
import { isolated, why, words } from '../../words';
import { moment, now } from '../../words/times';
import { PersonName } from '../people/PersonName';
import { follow, paths } from '../router';
import { PersonAvatar } from '../people/PersonAvatar';
import { Icon } from '../ui/Icon';
import { useWork } from '../ui/useAsk';

interface Props {
  member: Member;
  /** What one may make of them; nothing where that is not one's to say. */
  roles: readonly Role[];
  onRole: (role: Role) => Promise<unknown>;
  onRemove: (() => Promise<unknown>) | undefined;
  /** Opens what keeps them from writing, or out; nothing where that is not one's to do. */
  onModerate: (() => void) | undefined;
}

/** Somebody in a room, as a link to who they are. A role that was chosen is not given before it is saved. */
export function MemberRow({ member, roles, onRole, onRemove, onModerate }: Props) {
  const { busy, failure, run } = useWork();
  const [chosen, setChosen] = useState<Role>();
  const select = useRef<HTMLSelectElement>(null);
  const w = words();
  const muted = Date.parse(member.mutedUntil ?? '');
  const open = chosen !== undefined && chosen !== member.role;
  const close = () => {
    setChosen(undefined);
    select.current?.focus();
  };
  useEffect(() => {
    if (chosen !== member.role) return;
    // Another choice may have been made since this was on the screen.
    setChosen((now) => (now === member.role ? undefined : now));
    select.current?.focus();
  }, [member.role]);
  return (
    <li class="group">
      <div class="flex items-center gap-1">
        <a
          href={paths.person(member.id)}
          onClick={follow}
          class="flex min-h-12 min-w-0 flex-1 items-center gap-3 rounded-md px-2 text-start hover:bg-hover"
        >
          <PersonAvatar id={member.id} name={member.name} />
          <span class="min-w-0 flex-1">
            <span class="block truncate">
              <PersonName name={member.name} />
            </span>
            {muted > now.value && (
              <span class="block truncate text-xs text-soft">
                {w.moderation.muted(isolated(moment(muted)))}
              </span>
            )}
            {failure && (
              <span role="alert" class="block text-xs text-danger">
                {why(failure)}
              </span>
            )}
          </span>
          {roles.length === 0 && (
            <span class="flex-none text-xs text-faint">{w.roles[member.role]}</span>
          )}
        </a>
        {roles.length > 0 && (
          <select
            ref={select}
            class={`role text-xs ${onRemove ? '' : 'me-10 pointer-coarse:me-12'}`}
            aria-label={w.roleOf(isolated(member.name))}
            value={chosen ?? member.role}
            onChange={(event) => setChosen(event.currentTarget.value as Role)}
          >
            {roles.map((role) => (
              <option key={role} value={role}>
                {w.roleNames[role]}
              </option>
            ))}
          </select>
        )}
        {onModerate && (
          <button
            type="button"
            class="icon-button opacity-0 group-hover:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100"
            aria-label={w.moderation.actions(isolated(member.name))}
            title={w.moderation.actions(isolated(member.name))}
            onClick={onModerate}
          >
            <Icon name="block" size={16} />
          </button>
        )}
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
      </div>
      {open && (
        <div class="flex justify-end gap-2 pt-1 pb-3">
          <button type="button" class="button button-plain" onClick={close}>
            {w.cancel}
          </button>
          <button
            type="button"
            class="button button-main"
            aria-busy={busy}
            onClick={() => {
              if (!busy) run(() => onRole(chosen));
            }}
          >
            {busy ? w.working : w.save}
          </button>
        </div>
      )}
    </li>
  );
}
