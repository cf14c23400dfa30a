import { words } from '../../words';
import { unreachable } from '../../words/refusals';
import { useHome } from '../context';
import { go, paths } from '../router';
import { useWork } from '../ui/useAsk';
import { say } from '../status/toast';

interface Props {
  user: string;
  name: string;
  tone?: 'main' | 'soft';
}

/** Opens the conversation with somebody. */
export function WriteButton({ user, name, tone = 'soft' }: Props) {
  const home = useHome();
  const { busy, run } = useWork();
  const w = words();
  const write = async () => {
    try {
      go(paths.room(await home.direct(user)));
    } catch (thrown) {
      say({ text: unreachable(thrown) });
    }
  };
  return (
    <button
      type="button"
      class={`button ${tone === 'main' ? 'button-main' : 'button-soft'}`}
      aria-label={tone === 'main' ? undefined : `${w.write}: ${name}`}
      aria-busy={busy}
      onClick={() => !busy && run(write)}
    >
      {tone === 'main' ? w.message : w.write}
    </button>
  );
}
