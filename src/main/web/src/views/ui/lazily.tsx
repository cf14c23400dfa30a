import { signal } from '@preact/signals';
import type { FunctionComponent } from 'preact';
import { useEffect } from 'preact/hooks';
import { words } from '../../words';
import { PageNote, PageSkeletons } from '../pages/Page';

/** A view whose code is loaded when it is first shown, so that the app itself is there sooner. */
export function lazily<P extends object>(
  load: () => Promise<FunctionComponent<P>>,
): FunctionComponent<P> {
  const loaded = signal<{ View?: FunctionComponent<P>; failed?: boolean }>({});
  return function Lazy(props) {
    useEffect(() => {
      if (!loaded.peek().View) {
        load().then(
          (View) => (loaded.value = { View }),
          () => (loaded.value = { failed: true }),
        );
      }
    }, []);
    const { View, failed } = loaded.value;
    if (View) {
      return <View {...props} />;
    }
    return failed ? <NotLoaded /> : <PageSkeletons />;
  };
}

/** Browsers do not ask twice for code that they could not get; a new page does. */
function NotLoaded() {
  const w = words();
  return (
    <PageNote>
      {w.notLoaded}{' '}
      <button type="button" class="link" onClick={() => location.reload()}>
        {w.reload}
      </button>
    </PageNote>
  );
}
