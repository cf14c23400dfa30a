import type { ComponentChildren } from 'preact';
import { isolated, why, words } from '../../words';
import { ago, exactly } from '../../words/times';
import { useHome } from '../context';
import { PageNote } from '../pages/Page';
import { back, follow, paths, place } from '../router';
import { PersonAvatar } from './PersonAvatar';
import { Icon } from '../ui/Icon';
import { CardActions } from './CardActions';
import { PersonName } from './PersonName';
import { StatusLine } from './StatusLine';
import { usePerson } from './usePerson';
import { DELETED, type PersonSeen } from '../../client/people';

/** Who somebody is, as far as they are for the one who looks, and what can be done about them. */
export function Card() {
  const where = place.value;
  const w = words();
  return (
    <div class="min-h-0 min-w-0 flex-1 overflow-y-auto">
      <div class="mx-auto max-w-[640px] px-4 py-4 md:px-8">
        <button
          type="button"
          class="icon-button -ms-2"
          aria-label={w.back}
          onClick={() => back(paths.people)}
        >
          <Icon name="back" />
        </button>
        {where.is === 'person' && <Somebody key={where.id} id={where.id} />}
      </div>
    </div>
  );
}

function Somebody({ id }: { id: string }) {
  const { me, people } = useHome();
  const { seen, gone, contact, blocked, failure } = usePerson(id);
  const w = words();
  if (gone) {
    return (
      <Head id={id} name={DELETED}>
        <p class="mt-1 text-soft">{w.goneText}</p>
      </Head>
    );
  }
  if (!seen) {
    return failure ? <PageNote>{why(failure)}</PageNote> : <Skeleton />;
  }
  const called = contact ? (seen.contactName ?? seen.name) : seen.name;
  return (
    <article aria-label={called}>
      <Head id={id} name={called}>
        <Known seen={seen} called={called} hidden={blocked} />
      </Head>
      {seen.about !== undefined && !blocked && (
        <section class="mt-6">
          <h2 class="text-sm font-medium text-soft">{w.aboutThem}</h2>
          <p class="mt-1 whitespace-pre-wrap break-words" dir="auto">
            {seen.about}
          </p>
        </section>
      )}
      {id === me.id ? (
        <div class="mt-6">
          <p class="mb-3 text-soft">{w.thatIsYou}</p>
          <a class="button button-plain" href={paths.section('profile')} onClick={follow}>
            {w.editProfile}
          </a>
        </div>
      ) : (
        <CardActions
          person={{ ...seen, name: people.name(id) ?? seen.name }}
          contact={contact}
          blocked={blocked}
        />
      )}
    </article>
  );
}

interface KnownProps {
  seen: PersonSeen;
  called: string;
  hidden: boolean;
}

function Known({ seen, called, hidden }: KnownProps) {
  const here = useHome().presence.of(seen.id);
  const state = here?.state ?? 'offline';
  const { name, username, lastSeen } = seen;
  const at = Date.parse(lastSeen ?? '');
  const w = words();
  return (
    <>
      {called !== name && <p class="text-soft">{w.callsThemselves(isolated(name))}</p>}
      {username !== undefined && (
        <p class="truncate text-soft">
          <bdi>@{username}</bdi>
        </p>
      )}
      {here?.status && !hidden && (
        <p class="mt-1 text-sm">
          <StatusLine status={here.status} />
        </p>
      )}
      {state !== 'offline' && !hidden && (
        <p class="mt-1 text-sm text-soft">{w.presence.states[state]}</p>
      )}
      {state === 'offline' && !Number.isNaN(at) && !hidden && (
        <p class="mt-1 text-sm text-faint" title={exactly(at)}>
          {w.lastSeen(ago(at))}
        </p>
      )}
    </>
  );
}

interface HeadProps {
  id: string;
  name: string;
  children: ComponentChildren;
}

function Head({ id, name, children }: HeadProps) {
  return (
    <div class="mt-2 flex items-center gap-4">
      <PersonAvatar id={id} name={name} size="xl" />
      <div class="min-w-0 flex-1">
        <h1 class="truncate text-xl font-semibold">
          <PersonName name={name} />
        </h1>
        {children}
      </div>
    </div>
  );
}

function Skeleton() {
  return (
    <div aria-hidden="true" class="mt-2 flex items-center gap-4">
      <div class="skeleton size-16 rounded-full" />
      <div class="grid flex-1 gap-2">
        <div class="skeleton h-5 w-2/5" />
        <div class="skeleton h-4 w-1/4" />
      </div>
    </div>
  );
}
