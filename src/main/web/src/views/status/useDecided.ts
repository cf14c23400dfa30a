import { useEffect } from 'preact/hooks';
import { isolated, words } from '../../words';
import { useHome } from '../context';
import { say } from './toast';

/** Says what somebody has decided on one's request to be let into a room, wherever one is. */
export function useDecided(): void {
  const { decided } = useHome().membership;
  const told = decided.value;
  useEffect(() => {
    if (!told) return;
    const m = words().membership;
    const name = isolated(told.name);
    const word = told.word === undefined ? undefined : isolated(told.word);
    const refused = word === undefined ? m.refusedFrom(name) : m.refusedWord(name, word);
    say({ text: told.outcome === 'admitted' ? m.admittedTo(name) : refused });
    decided.value = undefined;
  }, [told]);
}
