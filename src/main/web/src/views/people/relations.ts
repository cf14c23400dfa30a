import type { Person } from '../../client/protocol';
import type { Circle } from '../../state/circle';
import { isolated, words } from '../../words';
import { unreachable } from '../../words/refusals';
import { say } from '../status/toast';

/** What can be decided about somebody: done at once, told in a word, and taken back by another. */
export function relations(circle: Circle, person: Person) {
  const name = isolated(person.name);
  const tell = async (work: Promise<void>, text: string, undo: () => Promise<void>) => {
    try {
      say({ text, undo });
      await work;
    } catch (thrown) {
      say({ text: unreachable(thrown) });
    }
  };
  return {
    add: () => tell(circle.add(person), words().contactAdded(name), () => circle.remove(person.id)),
    remove: () =>
      tell(circle.remove(person.id), words().contactRemoved(name), () => circle.add(person)),
    block: () =>
      tell(circle.block(person), words().blockedThem(name), () => circle.unblock(person.id)),
    unblock: () =>
      tell(circle.unblock(person.id), words().unblockedThem(name), () => circle.block(person)),
  };
}
