import type { Message } from '../../state/room';
import { words } from '../../words';
import { useHome } from '../context';

/** What is drawn as a mention: the word, and whether it means the reader. */
export interface Mentioned {
  word: string;
  own: boolean;
}

const NOBODY: readonly Mentioned[] = [];

/** The words of a message that mention somebody. */
export function useMentioned({ mentions, everybody, author }: Message): readonly Mentioned[] {
  const { me, people } = useHome();
  if (mentions.length === 0 && !everybody) {
    return NOBODY;
  }
  const named = mentions.flatMap((user) => {
    const name = people.name(user);
    return name === undefined ? [] : [{ word: `@${name}`, own: user === me.id }];
  });
  const all = everybody ? [{ word: `@${words().everybodyWord}`, own: author.id !== me.id }] : [];
  // A longer name goes before one that is its beginning.
  return [...named, ...all].sort((a, b) => b.word.length - a.word.length);
}
