import type { Person } from '../../client/protocol';
import { isolated, words } from '../../words';
import { useHome } from '../context';
import { relations } from './relations';
import { WriteButton } from './WriteButton';

interface Props {
  person: Person;
  contact: boolean;
  blocked: boolean;
}

/** What can be done about somebody. Nothing of it is for good, so nothing is asked twice. */
export function CardActions({ person, contact, blocked }: Props) {
  const { circle } = useHome();
  const { add, remove, block, unblock } = relations(circle, person);
  const w = words();
  return (
    <div class="mt-6">
      {blocked && (
        <p class="mb-4 rounded-md bg-notice p-3 text-sm text-on-notice">
          {w.blockedThem(isolated(person.name))} {w.blockedLead}
        </p>
      )}
      <div class="flex flex-wrap gap-2">
        {!blocked && <WriteButton user={person.id} name={person.name} tone="main" />}
        {(contact || !blocked) && (
          <button
            type="button"
            class="button button-plain"
            onClick={() => void (contact ? remove() : add())}
          >
            {contact ? w.removeContact : w.addContact}
          </button>
        )}
        <button
          type="button"
          class={`button ${blocked ? 'button-main' : 'button-danger'}`}
          onClick={() => void (blocked ? unblock() : block())}
        >
          {blocked ? w.unblock : w.block}
        </button>
      </div>
    </div>
  );
}
