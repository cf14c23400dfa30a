import { useState } from 'preact/hooks';
import type { Member, Role } from '../../client/protocol';
import { bans, mutes } from '../../state/rights';
import { isolated, why, words } from '../../words';
import { moment } from '../../words/times';
import { useHome } from '../context';
import { Dialog } from '../ui/Dialog';
import { Field } from '../ui/Field';
import { useWork } from '../ui/useAsk';
import { SpanField } from './SpanField';

interface Props {
  room: string;
  mine: Role | undefined;
  member: Member;
  /** Nobody writes there, so nobody is kept from it. */
  archived: boolean;
  onClose: () => void;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MUTES = [10 * MINUTE, HOUR, DAY, 7 * DAY];
const BANS = [HOUR, DAY, 7 * DAY, 30 * DAY, undefined];

/** Keeping somebody from writing, or out of the room: for how long, and why. */
export function Moderate({ room, mine, member, archived, onClose }: Props) {
  const m = words().moderation;
  return (
    <Dialog title={m.actions(isolated(member.name))} onClose={onClose}>
      <div class="grid gap-5 divide-y divide-line [&>*:not(:last-child)]:pb-5">
        {!archived && mutes(mine, member.role) && (
          <Muting room={room} member={member} onDone={onClose} />
        )}
        {bans(mine, member.role) && <Banning room={room} member={member} onDone={onClose} />}
      </div>
    </Dialog>
  );
}

interface PartProps {
  room: string;
  member: Member;
  onDone: () => void;
}

function Muting({ room, member, onDone }: PartProps) {
  const { managing } = useHome();
  const { busy, failure, run } = useWork();
  const [seconds, setSeconds] = useState<number | undefined>(HOUR);
  const until = Date.parse(member.mutedUntil ?? '');
  const muted = until > Date.now();
  const w = words();
  const m = w.moderation;
  const name = isolated(member.name);
  const work = async () => {
    await (muted
      ? managing.unmute(room, member.id)
      : managing.mute(room, member.id, seconds ?? HOUR));
    onDone();
  };
  return (
    <form
      class="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) run(work);
      }}
    >
      <p class="text-soft">
        {muted ? m.mutedNow(name, isolated(moment(until))) : m.muteText(name)}
      </p>
      {!muted && (
        <SpanField label={m.howLong} spans={MUTES} value={seconds} onChange={setSeconds} />
      )}
      {failure && (
        <p role="alert" class="rounded-md bg-danger-soft p-3 text-sm text-danger">
          {why(failure)}
        </p>
      )}
      <button type="submit" class="button button-plain justify-self-end" aria-busy={busy}>
        {busy ? w.working : muted ? m.unmute : m.mute}
      </button>
    </form>
  );
}

/** What is lost is said beside the button, so it asks no second time. */
function Banning({ room, member, onDone }: PartProps) {
  const { managing } = useHome();
  const { busy, failure, run } = useWork();
  const [seconds, setSeconds] = useState<number | undefined>(DAY);
  const [reason, setReason] = useState('');
  const w = words();
  const m = w.moderation;
  const name = isolated(member.name);
  const field = failure?.details.field === 'reason';
  return (
    <form
      class="grid gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) {
          run(async () => {
            await managing.ban(room, member.id, reason.trim(), seconds);
            onDone();
          });
        }
      }}
    >
      <p class="text-soft">{m.banText(name)}</p>
      <SpanField label={m.howLong} spans={BANS} value={seconds} onChange={setSeconds} />
      <Field
        label={m.reason}
        optional={w.optional}
        hint={m.reasonHint(name)}
        error={field ? why(failure) : undefined}
        value={reason}
        onInput={setReason}
        maxLength={500}
      />
      {failure && !field && (
        <p role="alert" class="rounded-md bg-danger-soft p-3 text-sm text-danger">
          {why(failure)}
        </p>
      )}
      <button type="submit" class="button button-danger justify-self-end" aria-busy={busy}>
        {busy ? w.working : m.ban}
      </button>
    </form>
  );
}
