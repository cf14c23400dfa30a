import type { ComponentChildren } from 'preact';
import type { Person } from '../../client/protocol';
import { follow, paths } from '../router';
import { PersonAvatar } from './PersonAvatar';
import { PersonName } from './PersonName';

interface Props {
  person: Person;
  /** What the reader calls them. */
  called?: string | undefined;
  /** Something to know about them besides their username. */
  note?: ComponentChildren;
  /** What can be done with them at once. */
  children?: ComponentChildren;
}

/** Somebody in a list, as a link to who they are. */
export function PersonRow({ person, called, note, children }: Props) {
  const { id, name, username } = person;
  return (
    <li class="flex items-center gap-2 border-b border-line py-1.5">
      <a
        href={paths.person(id)}
        onClick={follow}
        data-row
        class="-mx-2 flex min-h-14 min-w-0 flex-1 items-center gap-3 rounded-md px-2 hover:bg-hover"
      >
        <PersonAvatar id={id} name={called ?? name} size="lg" />
        <span class="min-w-0 flex-1">
          <span class="block truncate font-medium">
            <PersonName name={called ?? name} />
          </span>
          {username !== undefined && (
            <span class="block truncate text-sm text-soft">
              <bdi>@{username}</bdi>
            </span>
          )}
          {note !== undefined && <span class="block truncate text-sm text-faint">{note}</span>}
        </span>
      </a>
      {children}
    </li>
  );
}
