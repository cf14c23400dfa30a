import { useState } from 'preact/hooks';
import { CHOICES, type Choice, type Status } from '../../client/presence';
import { why, words } from '../../words';
import { useHome } from '../context';
import { useWork } from '../ui/useAsk';

type Time = 'never' | 'hour' | 'day';
const TIMES: readonly Time[] = ['never', 'hour', 'day'];

/** How one is shown to others, and what one is about. Nothing is here while it is not known. */
export function Availability() {
  const { me, presence } = useHome();
  const own = presence.of(me.id);
  const { failure, run } = useWork();
  const w = words().presence;
  if (!own) return null;
  const chosen: Choice = own.state === 'dnd' || own.state === 'invisible' ? own.state : 'online';
  return (
    <section aria-label={w.availability} class="grid gap-3 px-4 pb-4">
      <label class="grid gap-1 text-sm">
        <span class="text-soft">{w.availability}</span>
        <select
          class="field"
          value={chosen}
          onChange={(event) => {
            const state = event.currentTarget.value as Choice;
            run(() => presence.choose({ state }));
          }}
        >
          {CHOICES.map((choice) => (
            <option key={choice} value={choice}>
              {w.states[choice]}
            </option>
          ))}
        </select>
        {chosen === 'invisible' && <span class="text-xs text-faint">{w.invisibleLead}</span>}
      </label>
      <StatusForm
        key={`${own.status?.text} ${own.status?.emoji}`}
        status={own.status}
        save={(status) => run(() => presence.choose({ status }))}
      />
      {failure && (
        <p role="alert" class="text-sm text-danger">
          {why(failure)}
        </p>
      )}
    </section>
  );
}

interface FormProps {
  status: Status | undefined;
  save: (status: Status) => void;
}

function StatusForm({ status, save }: FormProps) {
  const [text, setText] = useState(status?.text ?? '');
  const [time, setTime] = useState<Time>('never');
  const all = words();
  const w = all.presence;
  const changed = text.trim() !== (status?.text ?? '');
  return (
    <form
      class="grid gap-2 text-sm"
      onSubmit={(event) => {
        event.preventDefault();
        const emoji = status?.emoji === undefined ? {} : { emoji: status.emoji };
        save({ ...emoji, text: text.trim(), ...end(time) });
      }}
    >
      <label class="grid gap-1">
        <span class="text-soft">{w.statusText}</span>
        <input
          class="field"
          dir="auto"
          maxLength={100}
          placeholder={w.statusHint}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </label>
      {changed && text.trim() !== '' && (
        <label class="grid gap-1">
          <span class="text-soft">{w.statusFor}</span>
          <select
            class="field"
            value={time}
            onChange={(event) => setTime(event.currentTarget.value as Time)}
          >
            {TIMES.map((each) => (
              <option key={each} value={each}>
                {w.statusTimes[each]}
              </option>
            ))}
          </select>
        </label>
      )}
      <div class="flex justify-end gap-2">
        {status && (
          <button type="button" class="button button-plain" onClick={() => save({ text: '' })}>
            {w.statusClear}
          </button>
        )}
        {changed && (
          <button type="submit" class="button button-main">
            {all.save}
          </button>
        )}
      </div>
    </form>
  );
}

function end(time: Time): Pick<Status, 'until'> {
  const until = new Date();
  if (time === 'never') return {};
  if (time === 'hour') until.setHours(until.getHours() + 1);
  else until.setHours(23, 59, 59, 0);
  return { until: until.toISOString() };
}
