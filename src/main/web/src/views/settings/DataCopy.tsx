import { useEffect, useRef, useState } from 'preact/hooks';
import { Failure } from '../../client/failure';
import { why, words } from '../../words';
import { bytes } from '../../words/sizes';
import { useHome } from '../context';

interface Stage {
  is: 'idle' | 'under way' | 'done';
  size: number;
  failure?: Failure;
}

/** All that is known of one, as a file. */
export function DataCopy() {
  const { data, me } = useHome();
  const [stage, setStage] = useState<Stage>({ is: 'idle', size: 0 });
  const under = useRef<AbortController>(undefined);
  const w = words();
  useEffect(() => () => under.current?.abort(), []);
  const begin = async () => {
    const controller = new AbortController();
    under.current = controller;
    setStage({ is: 'under way', size: 0 });
    const told = (size: number) => {
      if (!controller.signal.aborted) setStage({ is: 'under way', size });
    };
    try {
      const copy = await data.copy(told, controller.signal);
      save(copy, `parley-${me.username ?? 'account'}.json`);
      setStage({ is: 'done', size: copy.size });
    } catch (thrown) {
      const failure = controller.signal.aborted ? {} : { failure: Failure.from(thrown) };
      setStage((before) => ({ is: 'idle', size: before.size, ...failure }));
    }
  };
  return (
    <section class="mt-6" aria-labelledby="copy-of-data">
      <h2 id="copy-of-data" class="text-lg font-semibold">
        {w.copyTitle}
      </h2>
      <p class="mt-1 text-soft">{w.copyText}</p>
      <p class="mt-2 text-sm text-faint">{w.copyLimit}</p>
      <div class="mt-4 flex flex-wrap items-center gap-3">
        {stage.is === 'under way' ? (
          <button type="button" class="button button-plain" onClick={() => under.current?.abort()}>
            {w.cancel}
          </button>
        ) : (
          <button type="button" class="button button-main" onClick={() => void begin()}>
            {w.copyStart}
          </button>
        )}
        <p role="status" class="text-sm text-soft">
          {stage.is === 'under way' && w.copyUnderWay(bytes(stage.size))}
          {stage.is === 'done' && w.copyDone(bytes(stage.size))}
        </p>
      </div>
      {stage.failure && (
        <p role="alert" class="mt-3 rounded-md bg-danger-soft p-3 text-sm text-danger">
          {broken(stage.failure, stage.size)}
        </p>
      )}
    </section>
  );
}

function broken(failure: Failure, size: number): string {
  const w = words();
  if (failure.reason === 'RATE_LIMITED') {
    return w.copyWait(Math.ceil((failure.retryAfterMs ?? 0) / 60_000));
  }
  return size > 0 && failure.reason === 'UNAVAILABLE' ? w.copyBroken : why(failure);
}

/** Hands a file to the browser, which puts it where downloads go. */
function save(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken it up by then.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
