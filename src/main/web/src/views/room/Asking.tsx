import { useState } from 'preact/hooks';
import type { Asked } from '../../client/membership';
import { why, words } from '../../words';
import { moment } from '../../words/times';
import { useHome } from '../context';
import { Field } from '../ui/Field';
import { useWork } from '../ui/useAsk';

/** A public room into which one asks to be let. */
export function Asking({ id, asked }: { id: string; asked: Asked | undefined }) {
  const { membership } = useHome();
  const [note, setNote] = useState('');
  const { busy, failure, run } = useWork();
  const m = words().membership;
  const until = Date.parse(asked?.until ?? '');
  const over = Number.isNaN(until) || until <= Date.now();
  if (asked?.refused && !over) {
    return (
      <p role="status" class="text-soft">
        {m.refused(moment(until))}
      </p>
    );
  }
  if (asked && !over) {
    return (
      <>
        <p role="status" class="text-soft">
          {failure ? why(failure) : m.asked}
        </p>
        <p>
          <button
            type="button"
            class="button button-plain"
            aria-busy={busy}
            onClick={() => !busy && run(() => membership.withdraw(id))}
          >
            {m.withdraw}
          </button>
        </p>
      </>
    );
  }
  return (
    <form
      class="grid gap-4 text-start"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) run(() => membership.ask(id, note.trim()));
      }}
    >
      <p class="text-center text-soft">{failure ? why(failure) : m.askLead}</p>
      <Field
        label={m.note}
        optional={words().optional}
        value={note}
        onInput={setNote}
        maxLength={500}
      />
      <button type="submit" class="button button-main justify-self-center" aria-busy={busy}>
        {m.ask}
      </button>
    </form>
  );
}
