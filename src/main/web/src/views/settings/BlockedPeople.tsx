import { why, words } from '../../words';
import { ago } from '../../words/times';
import { PageNote, PageSkeletons } from '../pages/Page';
import { PersonRow } from '../people/PersonRow';
import { relations } from '../people/relations';
import { useCircle } from '../people/useCircle';

/** Of whom one wants nothing, and the way back. */
export function BlockedPeople() {
  const { circle, failure } = useCircle();
  const blocked = circle.blocked.value;
  const w = words();
  if (!blocked) {
    return failure ? <PageNote>{why(failure)}</PageNote> : <PageSkeletons />;
  }
  const people = [...blocked.values()].sort((a, b) => a.name.localeCompare(b.name));
  return (
    <div class="mt-1">
      <p class="text-soft">{w.blockedLead}</p>
      {people.length === 0 && <PageNote>{w.noBlocked}</PageNote>}
      <ul class="mt-4">
        {people.map((person) => (
          <PersonRow
            key={person.id}
            person={person}
            note={w.blockedSince(ago(Date.parse(person.blockedAt)))}
          >
            <button
              type="button"
              class="button button-plain"
              aria-label={`${w.unblock}: ${person.name}`}
              onClick={() => void relations(circle, person).unblock()}
            >
              {w.unblock}
            </button>
          </PersonRow>
        ))}
      </ul>
    </div>
  );
}
