import { POLICIES, type OwnProfile, type Policy } from '../../client/people';
import type { ProfileChange } from '../../state/own-profile';
import { why, words } from '../../words';
import { useHome } from '../context';
import { PageNote, PageSkeletons } from '../pages/Page';
import { useWork } from '../ui/useAsk';
import { useProfile } from './useProfile';

/** Who may know what of one. A choice counts at once. */
export function Privacy() {
  const home = useHome();
  const { profile, failure } = useProfile();
  const work = useWork();
  const w = words();
  if (!profile) {
    return failure ? <PageNote>{why(failure)}</PageNote> : <PageSkeletons />;
  }
  const choose = (change: ProfileChange) => work.run(() => home.profile.change(change));
  return (
    <div class="mt-1">
      <p class="text-soft">{w.privacyLead}</p>
      <Choice
        title={w.lastSeenFor}
        note={w.lastSeenNote}
        name="last-seen"
        chosen={profile.lastSeenFor}
        onChoose={(lastSeenFor) => choose({ lastSeenFor })}
      />
      <Choice
        title={w.photoFor}
        note={w.photoNote}
        name="photo"
        chosen={profile.photoFor}
        onChoose={(photoFor) => choose({ photoFor })}
      />
      {work.failure && (
        <p role="alert" class="mt-4 rounded-md bg-danger-soft p-3 text-sm text-danger">
          {why(work.failure)}
        </p>
      )}
    </div>
  );
}

interface ChoiceProps {
  title: string;
  note: string;
  name: string;
  chosen: OwnProfile['photoFor'];
  onChoose: (policy: Policy) => void;
}

function Choice({ title, note, name, chosen, onChoose }: ChoiceProps) {
  const w = words();
  return (
    <fieldset class="mt-6">
      <legend class="font-medium">{title}</legend>
      <div class="-mx-2 mt-1 grid gap-1">
        {POLICIES.map((policy) => (
          <label
            key={policy}
            class="flex cursor-pointer items-start gap-3 rounded-md p-2 hover:bg-hover"
          >
            <input
              type="radio"
              name={name}
              class="mt-1 size-4 flex-none accent-accent"
              checked={chosen === policy}
              onChange={() => onChoose(policy)}
            />
            <span>
              <span class="block">{w.policies[policy]}</span>
              <span class="block text-sm text-soft">{w.policyHints[policy]}</span>
            </span>
          </label>
        ))}
      </div>
      <p class="mt-1 text-sm text-faint">{note}</p>
    </fieldset>
  );
}
