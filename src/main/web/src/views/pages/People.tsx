import { useState } from 'preact/hooks';
import type { Contact } from '../../client/people';
import { why, words } from '../../words';
import { useHome } from '../context';
import { PersonRow } from '../people/PersonRow';
import { useCircle } from '../people/useCircle';
import { WriteButton } from '../people/WriteButton';
import { arrows } from '../ui/arrows';
import { Search } from '../ui/Search';
import { usePages } from '../ui/usePages';
import { Page, PageNote, PageSkeletons } from './Page';

/** One's contacts, and everybody else here. */
export function People() {
  const home = useHome();
  const [query, setQuery] = useState('');
  const { circle, failure } = useCircle();
  const wanted = query.trim();
  const { contacts } = circle;
  const known = contacts.value && sorted([...contacts.value.values()], wanted);
  const w = words();
  return (
    <Page title={w.people} lead={w.peopleLead}>
      <div onKeyDown={arrows}>
        <Search label={w.searchPeople} value={query} onInput={setQuery} />
        {(wanted === '' || (known !== undefined && known.length > 0)) && (
          <section aria-label={w.contacts} class="mt-6">
            <h2 class="text-sm font-medium text-soft">{w.contacts}</h2>
            {failure && !known && <PageNote>{why(failure)}</PageNote>}
            {!known && !failure && <PageSkeletons />}
            {known?.length === 0 && <p class="py-3 text-soft">{w.noContacts}</p>}
            <ul class="mt-1">
              {known?.map((contact) => (
                <PersonRow key={contact.id} person={contact} called={contact.contactName}>
                  <WriteButton user={contact.id} name={called(contact)} />
                </PersonRow>
              ))}
            </ul>
          </section>
        )}
        <Directory
          query={wanted}
          without={new Set([home.me.id, ...(known ?? []).map(({ id }) => id)])}
          titled={wanted === '' || (known?.length ?? 0) > 0}
        />
      </div>
    </Page>
  );
}

interface DirectoryProps {
  query: string;
  without: ReadonlySet<string>;
  /** Others stand above it. */
  titled: boolean;
}

function Directory({ query, without, titled }: DirectoryProps) {
  const home = useHome();
  const { items, failure, busy, more } = usePages(query, async (part, after) => {
    const { users, next } = await home.find(part, after);
    return { items: users, next };
  });
  const others = items?.filter(({ id }) => !without.has(id));
  const w = words();
  const title = query === '' ? w.everybody : w.others;
  const nobody = query === '' ? w.nobodyYet : titled ? w.noOthers : w.noPeople;
  return (
    <section aria-label={title} class="mt-6">
      {titled && <h2 class="text-sm font-medium text-soft">{title}</h2>}
      {failure && <PageNote>{why(failure)}</PageNote>}
      {!others && !failure && <PageSkeletons />}
      {others?.length === 0 && !more && <PageNote>{nobody}</PageNote>}
      <ul class="mt-1">
        {others?.map((person) => (
          <PersonRow key={person.id} person={person}>
            <WriteButton user={person.id} name={person.name} />
          </PersonRow>
        ))}
      </ul>
      {more && (
        <button
          type="button"
          class="button button-plain mt-3 w-full"
          aria-busy={busy}
          onClick={more}
        >
          {busy ? w.working : w.more}
        </button>
      )}
    </section>
  );
}

function called({ contactName, name }: Contact): string {
  return contactName ?? name;
}

/** Those who go by what is looked for, by name. */
function sorted(contacts: Contact[], wanted: string): Contact[] {
  const part = wanted.toLocaleLowerCase();
  return contacts
    .filter((contact) =>
      [contact.contactName, contact.name, contact.username].some((text) =>
        text?.toLocaleLowerCase().includes(part),
      ),
    )
    .sort((a, b) => called(a).localeCompare(called(b)));
}
