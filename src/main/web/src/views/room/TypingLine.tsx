import { isolated, words } from '../../words';
import { useHome } from '../context';

/** Who is typing; it keeps its place when nobody is, so that nothing jumps. */
export function TypingLine({ id }: { id: string }) {
  const { typing, people } = useHome();
  const users = [...(typing.all.value.get(id)?.keys() ?? [])];
  const w = words();
  const [first, second] = users.slice(0, 2).map((user) => isolated(people.name(user) ?? w.someone));
  let line = '';
  if (users.length > 2) line = w.typingMany;
  else if (first !== undefined && second !== undefined) line = w.typingTwo(first, second);
  else if (first !== undefined) line = w.typingOne(first);
  return <p class="h-5 flex-none truncate px-4 text-xs leading-5 text-faint md:px-6">{line}</p>;
}
