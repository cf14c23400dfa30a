import { DELETED } from '../../client/people';
import { Icon } from './Icon';

const SIZES = {
  sm: 'size-7 text-xs',
  md: 'size-9 text-sm',
  lg: 'size-10 text-sm',
  xl: 'size-16 text-xl',
};

interface Props {
  id: string;
  name: string;
  size?: keyof typeof SIZES;
  room?: boolean;
}

/** Initials on a colour that belongs to the id, or nobody. Decoration: the name stands beside it. */
export function Avatar({ id, name, size = 'md', room = false }: Props) {
  if (name === DELETED && !room) {
    return (
      <span class={`avatar avatar-gone ${SIZES[size]}`} aria-hidden="true">
        <Icon name="person" />
      </span>
    );
  }
  return (
    <span
      class={`avatar ${SIZES[size]} ${room ? 'avatar-room' : ''}`}
      style={{ '--hue': String(hue(id)) }}
      aria-hidden="true"
    >
      {initials(name)}
    </span>
  );
}

function hue(id: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < id.length; i++) {
    hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  }
  // Twelve hues that can be told apart.
  return ((hash >>> 0) % 12) * 30 + 15;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function initials(name: string): string {
  const words = name.split(/\s+/).filter((word) => /[\p{L}\p{N}\p{Emoji}]/u.test(word));
  const chosen = words.length > 1 ? [words[0], words.at(-1)] : words.slice(0, 1);
  return (
    chosen
      .map((word) => first(word ?? ''))
      .join('')
      .toLocaleUpperCase() || '?'
  );
}

function first(word: string): string {
  for (const { segment } of graphemes.segment(word.replace(/^[^\p{L}\p{N}\p{Emoji}]+/u, ''))) {
    return segment;
  }
  return '';
}
