import { CALLS } from '../../client/people';
import { why, words } from '../../words';
import { useHome } from '../context';
import { PageNote, PageSkeletons } from '../pages/Page';
import { useWork } from '../ui/useAsk';
import { CallsHere } from './CallsHere';
import { useProfile } from './useProfile';

/** What calls one away from other things: everywhere, and in this browser. */
export function Notifications() {
  const home = useHome();
  const { profile, failure } = useProfile();
  const work = useWork();
  const w = words().calling;
  if (!profile) {
    return failure ? <PageNote>{why(failure)}</PageNote> : <PageSkeletons />;
  }
  const chosen = profile.notifications ?? 'mentions';
  return (
    <div class="mt-1">
      <p class="text-soft">{w.lead}</p>
      {home.presence.own.value === 'dnd' && (
        <p role="status" class="mt-4 rounded-md bg-notice p-3 text-sm text-on-notice">
          {w.resting}
        </p>
      )}
      <fieldset class="mt-6">
        <legend class="font-medium">{w.everywhere}</legend>
        <div class="-mx-2 mt-1 grid gap-1">
          {CALLS.map((one) => (
            <label
              key={one}
              class="flex cursor-pointer items-start gap-3 rounded-md p-2 hover:bg-hover"
            >
              <input
                type="radio"
                name="calls"
                class="mt-1 size-4 flex-none accent-accent"
                checked={chosen === one}
                onChange={() => work.run(() => home.profile.change({ notifications: one }))}
              />
              <span>
                <span class="block">{w.what[one]}</span>
                <span class="block text-sm text-soft">{w.whatHints[one]}</span>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
      {work.failure && (
        <p role="alert" class="mt-4 rounded-md bg-danger-soft p-3 text-sm text-danger">
          {why(work.failure)}
        </p>
      )}
      <CallsHere />
    </div>
  );
}
