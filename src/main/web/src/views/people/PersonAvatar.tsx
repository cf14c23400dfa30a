import { useEffect } from 'preact/hooks';
import { words } from '../../words';
import { useHome } from '../context';
import { Avatar } from '../ui/Avatar';

interface Props {
  id: string;
  name: string;
  size?: 'sm' | 'md' | 'lg' | 'xl';
}

/** Somebody's avatar, with whether they are here: in shape and colour, and in a word for who sees neither. */
export function PersonAvatar({ id, name, size = 'md' }: Props) {
  const { presence } = useHome();
  useEffect(() => presence.want(id), [presence, id]);
  const state = presence.of(id)?.state ?? 'offline';
  return (
    <span class="relative inline-grid flex-none">
      <Avatar id={id} name={name} size={size} />
      {state !== 'offline' && (
        <span class={`presence presence-${state} ${size === 'xl' ? 'presence-large' : ''}`}>
          <span class="sr-only">{words().presence.states[state]} </span>
        </span>
      )}
    </span>
  );
}
