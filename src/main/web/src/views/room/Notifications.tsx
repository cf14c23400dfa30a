import type { Signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import type { Notify } from '../../client/membership';
import type { RoomState } from '../../state/room';
import { isolated, why, words } from '../../words';
import { moment } from '../../words/times';
import { useHome } from '../context';
import { Dialog } from '../ui/Dialog';
import { useWork } from '../ui/useAsk';
import { Option } from './Option';
import { snoozes } from './snoozes';
import { SpanField } from './SpanField';

const WAYS: readonly Notify[] = ['all', 'mentions', 'none'];
/** Of what in a room one wants to be told, and for how long only of mentions. */
export function Notifications({ room, onClose }: { room: Signal<RoomState>; onClose: () => void }) {
  const { membership } = useHome();
  const { id, notifications, snoozedUntil } = room.value;
  const [way, setWay] = useState(notifications);
  const [snooze, setSnooze] = useState<number>();
  const { busy, failure, run } = useWork();
  const w = words();
  const m = w.membership;
  const { spans, chosen, until } = snoozes(snoozedUntil, snooze);
  const save = async () => {
    await membership.notifications(id, way, snooze);
    onClose();
  };
  return (
    <Dialog title={m.notifications} onClose={onClose}>
      <form
        class="grid gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy) run(save);
        }}
      >
        <fieldset class="-mx-2 grid gap-1">
          <legend class="sr-only">{m.notifications}</legend>
          {WAYS.map((one) => (
            <Option
              key={one}
              group="notifications"
              name={m.levels[one]}
              hint={m.levelHints[one]}
              chosen={way === one}
              onChoose={() => setWay(one)}
            />
          ))}
        </fieldset>
        {way === 'all' && (
          <SpanField
            label={m.snooze}
            spans={spans}
            off={m.snoozeOff}
            {...(until === undefined ? {} : { kept: m.snoozedUntil(isolated(moment(until))) })}
            value={chosen}
            onChange={setSnooze}
          />
        )}
        {failure && (
          <p role="alert" class="rounded-md bg-danger-soft p-3 text-sm text-danger">
            {why(failure)}
          </p>
        )}
        <div class="flex justify-end gap-2">
          <button type="button" class="button button-plain" onClick={onClose}>
            {w.cancel}
          </button>
          <button type="submit" class="button button-main" aria-busy={busy}>
            {busy ? w.working : w.save}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
