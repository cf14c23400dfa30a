import { useEffect, useState } from 'preact/hooks';
import { words } from '../../words';
import { useApp } from '../context';
import { follow, paths } from '../router';
import { Refusal } from '../ui/Refusal';
import { useWork, type Work } from '../ui/useAsk';
import { EntryFrame } from './EntryFrame';
import { prove } from './links';
import { mailed } from './mailed';
import { SendAgain } from './SendAgain';

type Outcome = 'none' | 'verified' | 'gone' | 'taken';

/** Proves the address that a mailed link was sent to, at once: whoever only fetches the link runs no script. */
export function Verify() {
  const app = useApp();
  const [outcome, setOutcome] = useState<Outcome>('none');
  const work = useWork();
  const token = mailed.value;
  const { door } = words();

  const tell = async () => {
    if (token === undefined) return;
    const end = await prove(app, token);
    mailed.value = undefined;
    setOutcome(end);
  };
  useEffect(() => {
    if (token !== undefined) work.run(tell);
  }, [token]);

  if (token !== undefined) {
    return <Proving work={work} again={() => work.run(tell)} />;
  }
  const titles = {
    none: door.verifyTitle,
    verified: door.verified,
    gone: door.linkGone,
    taken: door.linkGone,
  };
  const leads = {
    none: door.verifyNone,
    verified: door.verifiedLead,
    gone: door.verifyGoneLead,
    taken: door.verifyTaken,
  };
  const home = app.home.value;
  const unproved = home?.self.value.email !== undefined && !home.self.value.emailVerifiedAt;
  return (
    <EntryFrame title={titles[outcome]} lead={leads[outcome]}>
      {outcome !== 'verified' && unproved && <SendAgain />}
      <p>
        <a
          class="button button-main w-full"
          href={home ? paths.chats : paths.signIn}
          onClick={follow}
        >
          {home ? door.goOn : words().signIn}
        </a>
      </p>
    </EntryFrame>
  );
}

function Proving({ work, again }: { work: Work; again: () => void }) {
  const { door, retry } = words();
  return (
    <EntryFrame title={door.verifyTitle} lead={work.failure ? undefined : door.verifying}>
      {work.failure && (
        <div class="mt-4 grid gap-4">
          <Refusal failure={work.failure} until={work.until} />
          <button type="button" class="button button-main" onClick={again}>
            {retry}
          </button>
        </div>
      )}
    </EntryFrame>
  );
}
