import { useState } from 'preact/hooks';
import type { Failure } from '../../client/failure';
import type { OwnProfile } from '../../client/people';
import { why, words } from '../../words';
import { useHome } from '../context';
import { PageNote, PageSkeletons } from '../pages/Page';
import { Avatar } from '../ui/Avatar';
import { Field } from '../ui/Field';
import { useWork } from '../ui/useAsk';
import { About, ABOUT_MAX } from './About';
import { isOf, keepProfileDraft, profileDraft, saveProfile, type Draft } from './profile-draft';
import { useProfile } from './useProfile';

const NAME_MAX = 64;

/** What others see of one. */
export function Profile() {
  const { profile, failure } = useProfile();
  if (!profile) {
    return failure ? <PageNote>{why(failure)}</PageNote> : <PageSkeletons />;
  }
  return <Form profile={profile} />;
}

/** What is typed stays, wherever one goes, until it is saved or discarded. */
function Form({ profile }: { profile: OwnProfile }) {
  const home = useHome();
  const [draft, setDraft] = useState(() => profileDraft(home.me.id));
  const [saved, setSaved] = useState(false);
  const { busy, failure, run } = useWork();
  const name = draft.name ?? profile.name;
  const about = draft.about ?? profile.about;
  const dirty = name !== profile.name || about !== profile.about;
  const error = refusal(name, about, failure);
  const w = words();
  const write = (next: Draft) => {
    setSaved(false);
    setDraft(next);
    keepProfileDraft(home.me.id, next);
  };
  const save = async () => {
    const written = { name, about };
    await saveProfile(home, written);
    setDraft((now) => (isOf(written)(now) ? {} : now));
    setSaved(true);
  };
  return (
    <form
      class="mt-1"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy && dirty && !refused(name, about)) run(save);
      }}
    >
      <p class="text-soft">{w.profileLead}</p>
      <div class="mt-5 mb-6 flex items-center gap-4">
        <Avatar id={profile.id} name={name} size="xl" />
        <p class="min-w-0 flex-1 text-sm text-soft">{w.pictureLater}</p>
      </div>
      <div class="grid gap-5">
        <Field
          label={w.displayName}
          value={name}
          onInput={(typed) => write({ ...draft, name: typed })}
          autocomplete="name"
          error={error.name}
          required
        />
        <Username username={profile.username} />
        <About
          value={about}
          onInput={(typed) => write({ ...draft, about: typed })}
          error={error.about}
        />
        {error.other !== undefined && (
          <p role="alert" class="rounded-md bg-danger-soft p-3 text-sm text-danger">
            {error.other}
          </p>
        )}
        <div class="flex flex-wrap items-center gap-2">
          <button
            type="submit"
            class="button button-main"
            aria-busy={busy}
            disabled={!dirty || refused(name, about)}
          >
            {w.save}
          </button>
          {dirty && (
            <button type="button" class="button button-plain" onClick={() => write({})}>
              {w.discardChanges}
            </button>
          )}
          <p role="status" class={`text-sm ${dirty ? 'text-soft' : 'text-success'}`}>
            {dirty ? w.unsaved : saved ? w.saved : ''}
          </p>
        </div>
      </div>
    </form>
  );
}

function Username({ username }: { username: string | undefined }) {
  const w = words();
  return (
    <div class="grid gap-1">
      <p class="text-sm font-medium">{w.username}</p>
      {username !== undefined && (
        <p>
          <bdi>@{username}</bdi>
        </p>
      )}
      <p class="text-sm text-faint">{username === undefined ? w.noUsername : w.usernameIs}</p>
    </div>
  );
}

function refused(name: string, about: string): boolean {
  const blank = name.trim() === '';
  return blank || points(name) > NAME_MAX || points(about) > ABOUT_MAX;
}

/** What is wrong with each field, by what is known here, or by what the server said. */
function refusal(name: string, about: string, failure: Failure | undefined) {
  const w = words();
  const told = failure && why(failure);
  const field = failure?.details.field;
  const nameError =
    name.trim() === ''
      ? w.nameMissing
      : points(name) > NAME_MAX
        ? w.nameAtMost(NAME_MAX)
        : undefined;
  return {
    name: nameError ?? (field === 'name' ? told : undefined),
    about:
      points(about) > ABOUT_MAX
        ? w.tooLong(points(about) - ABOUT_MAX)
        : field === 'about'
          ? told
          : undefined,
    other: field === 'name' || field === 'about' ? undefined : told,
  };
}

/** As the server counts. */
function points(text: string): number {
  return Array.from(text).length;
}
