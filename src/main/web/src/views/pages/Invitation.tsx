import { useEffect, useState } from 'preact/hooks';
import { Failure } from '../../client/failure';
import type { Invited } from '../../client/invites';
import { isolated, why, words } from '../../words';
import { useHome } from '../context';
import { invited } from '../entry/invited';
import { follow, go, paths } from '../router';
import { useWork } from '../ui/useAsk';

/** Where a link into a room leads, and the way in. */
export function Invitation() {
  const { managing } = useHome();
  const token = invited.value;
  const [found, setFound] = useState<Invited>();
  const [failure, setFailure] = useState<Failure>();
  const look = () => {
    setFailure(undefined);
    if (token !== undefined) {
      managing.invited(token).then(setFound, (thrown: unknown) => setFailure(Failure.from(thrown)));
    }
  };
  useEffect(look, [token]);
  const w = words().invites;
  return (
    <div class="m-auto grid max-w-[400px] gap-4 p-8 text-center">
      {token === undefined ? (
        <Refused />
      ) : failure ? (
        <Refused failure={failure} again={look} />
      ) : found ? (
        <Way found={found} token={token} />
      ) : (
        <p role="status" class="text-soft">
          {w.looking}
        </p>
      )}
    </div>
  );
}

function Way({ found, token }: { found: Invited; token: string }) {
  const { managing } = useHome();
  const { busy, failure, run } = useWork();
  const w = words();
  const enter = async () => {
    const room = found.member ? found.room : await managing.accept(token);
    invited.value = undefined;
    go(paths.room(room), 'replace');
  };
  return (
    <>
      <h1 class="text-lg font-semibold break-words">{w.invites.invitedTo(isolated(found.name))}</h1>
      <p class="text-soft">{found.member ? w.invites.there : w.membersOf(found.memberCount)}</p>
      {failure && (
        <p role="alert" class="text-sm text-danger">
          {told(failure)}
        </p>
      )}
      <p>
        <button
          type="button"
          class="button button-main"
          aria-busy={busy}
          onClick={() => !busy && run(enter)}
        >
          {found.member ? w.invites.open : w.invites.accept}
        </button>
      </p>
    </>
  );
}

function Refused({ failure, again }: { failure?: Failure; again?: () => void }) {
  const w = words();
  return (
    <>
      <h1 class="text-lg font-semibold">{w.invites.gone}</h1>
      <p role="status" class="text-soft">
        {told(failure)}
      </p>
      {failure?.retryable && (
        <p>
          <button type="button" class="button button-main" onClick={again}>
            {w.retry}
          </button>
        </p>
      )}
      <p>
        <a class="button button-plain" href={paths.chats} onClick={follow}>
          {w.moderation.toChats}
        </a>
      </p>
    </>
  );
}

function told(failure: Failure | undefined): string {
  const { invites, moderation } = words();
  switch (failure?.reason) {
    case undefined:
    case 'NOT_FOUND':
    case 'INVALID':
      return invites.goneLead;
    case 'GONE':
      return invites.over;
    case 'BANNED':
      return moderation.bannedHere;
    default:
      return failure ? why(failure) : invites.goneLead;
  }
}
