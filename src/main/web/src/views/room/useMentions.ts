import type { Signal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Member } from '../../client/protocol';
import {
  begun,
  candidates,
  matching,
  mentioning,
  rallies,
  type Candidate,
  type Mentioning,
} from '../../state/mentioning';
import type { RoomState } from '../../state/room';
import { words } from '../../words';
import { useHome } from '../context';

/** The list that completes a mention, and what was picked from it. */
export interface Mentions {
  found: readonly Candidate[];
  /** The one that Enter takes. */
  active: number;
  /** Looks at what stands before the caret. */
  look: () => void;
  pick: (candidate: Candidate) => void;
  /** Takes a key that is for the list; false when it is not. */
  key: (event: KeyboardEvent) => boolean;
  close: () => void;
  of: (text: string) => Mentioning;
}

const NOBODY: readonly Candidate[] = [];

/** Completes mentions in a field: members first, by their names. */
export function useMentions(
  room: Signal<RoomState>,
  area: RefObject<HTMLTextAreaElement | null>,
  write: (text: string) => void,
): Mentions {
  const home = useHome();
  const { id, role, memberCount } = room.value;
  const [members, setMembers] = useState<readonly Member[]>();
  const [where, setWhere] = useState<{ at: number; query: string }>();
  const [active, setActive] = useState(0);
  const picked = useRef<Candidate[]>([]);
  const wanted = where !== undefined;
  useEffect(() => {
    if (wanted && members === undefined) {
      home.members(id).then(
        (page) => setMembers(page.members),
        () => undefined,
      );
    }
  }, [wanted]);
  const everybody = rallies(role, memberCount) ? words().everybodyWord : undefined;
  const found = where
    ? matching(candidates(members ?? [], home.me.id, everybody), where.query)
    : NOBODY;
  const close = () => setWhere(undefined);
  const pick = ({ id: user, name }: Candidate) => {
    const element = area.current;
    if (!element || !where) return;
    const end = where.at + 1 + where.query.length;
    const word = `@${name} `;
    const text = element.value.slice(0, where.at) + word + element.value.slice(end);
    picked.current = [...picked.current, { id: user, name }];
    write(text);
    close();
    requestAnimationFrame(() => {
      element.focus();
      element.setSelectionRange(where.at + word.length, where.at + word.length);
    });
  };
  return {
    found,
    active: Math.min(active, found.length - 1),
    look: () => {
      const element = area.current;
      setWhere(element ? begun(element.value, element.selectionStart) : undefined);
      setActive(0);
    },
    pick,
    key: (event) => {
      if (found.length === 0 || event.isComposing) return false;
      const chosen = found[Math.min(active, found.length - 1)];
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
      if (step !== 0) setActive((active + step + found.length) % found.length);
      else if ((event.key === 'Enter' || event.key === 'Tab') && chosen) pick(chosen);
      else if (event.key === 'Escape') close();
      else return false;
      event.preventDefault();
      return true;
    },
    close,
    of: (text) => {
      const of = mentioning(text, picked.current);
      picked.current = [];
      return of;
    },
  };
}
