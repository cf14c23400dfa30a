import { words } from '../../words';
import { follow, paths } from '../router';
import { EntryFrame } from './EntryFrame';

/** After the end of an account. */
export function Goodbye() {
  const w = words();
  return (
    <EntryFrame title={w.goodbye}>
      <p class="mt-2 text-soft">{w.goodbyeText}</p>
      <p class="mt-2 text-soft">{w.goodbyeAgain}</p>
      <p class="mt-6">
        <a class="button button-plain" href={paths.signUp} onClick={follow}>
          {w.signUp}
        </a>
      </p>
    </EntryFrame>
  );
}
