import type { Signal } from '@preact/signals';
import { useState } from 'preact/hooks';
import type { RoomState } from '../../state/room';
import { isolated, why, words } from '../../words';
import { useHome } from '../context';
import { follow, go, paths } from '../router';
import { useWork } from '../ui/useAsk';

/** Ends a room for everybody. It is lost for good, so one has to type what it is called. */
export function Deleting({ room }: { room: Signal<RoomState> }) {
  const { managing } = useHome();
  const [asked, setAsked] = useState(false);
  const [typed, setTyped] = useState('');
  const { busy, failure, run } = useWork();
  const { id, name } = room.value;
  const m = words().moderation;
  const meant = typed.trim() === name;
  const end = async () => {
    await managing.delete(id);
    go(paths.chats, 'replace');
  };
  return (
    <section aria-label={m.delete} class="grid gap-2">
      <p class="text-sm text-soft">{m.deleteText}</p>
      {!asked ? (
        <button
          type="button"
          class="button button-plain justify-self-start"
          onClick={() => setAsked(true)}
        >
          {m.delete}
        </button>
      ) : (
        <form
          class="grid gap-2"
          onSubmit={(event) => {
            event.preventDefault();
            if (meant && !busy) run(end);
          }}
        >
          <label class="grid gap-1 text-sm break-words">
            {m.deleteName(isolated(name))}
            <input
              class="field"
              value={typed}
              autocomplete="off"
              autofocus
              onInput={(event) => setTyped(event.currentTarget.value)}
            />
          </label>
          {failure && (
            <p role="alert" class="text-sm text-danger">
              {why(failure)}
            </p>
          )}
          <button
            type="submit"
            class="button button-danger justify-self-start"
            disabled={!meant}
            aria-busy={busy}
          >
            {m.deleteForGood}
          </button>
        </form>
      )}
    </section>
  );
}

/** In the place of a room that was deleted while it was open. */
export function DeletedHere({ name }: { name: string }) {
  const m = words().moderation;
  return (
    <div role="status" class="m-auto grid max-w-[400px] gap-3 p-8 text-center">
      <h1 class="text-lg font-semibold break-words">{m.deletedHere(isolated(name))}</h1>
      <p class="text-soft">{m.deletedText}</p>
      <p>
        <a class="button button-plain" href={paths.chats} onClick={follow}>
          {m.toChats}
        </a>
      </p>
    </div>
  );
}
