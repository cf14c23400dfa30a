import type { Signal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Member } from '../../client/protocol';
import { begunEmoji, searched, type Emoji } from '../../state/emoji';
import { begun, candidates, matching, rallies, type Candidate } from '../../state/mentioning';
import type { RoomState } from '../../state/room';
import { words } from '../../words';
import { useHome } from '../context';
import { emojiTable, needEmoji } from '../emoji/table-loading';

/** What may take the place of what is begun: somebody's name, or an emoji. */
export type Suggestion = ({ is: 'person' } & Candidate) | ({ is: 'emoji' } & Emoji);

/** The list that completes a mention or the name of an emoji. */
export interface Completion {
  found: readonly Suggestion[];
  /** The one that Enter takes. */
  active: number;
  /** Looks at what stands before the caret. */
  look: () => void;
  pick: (suggestion: Suggestion) => void;
  /** Takes a key that is for the list; false when it is not. */
  key: (event: KeyboardEvent) => boolean;
  close: () => void;
}

/** What is begun, where, and with which sign. */
interface Where {
  sign: '@' | ':';
  at: number;
  query: string;
}

const NOTHING: readonly Suggestion[] = [];
const SHOWN = 6;

/**
 * Completes in a field what is begun with an @, members first, by their names, or with a colon.
 *
 * @param picked gets whom the text mentions
 */
export function useCompletion(
  room: Signal<RoomState>,
  area: RefObject<HTMLTextAreaElement | null>,
  write: (text: string) => void,
  picked: { current: readonly Candidate[] },
): Completion {
  const [where, setWhere] = useState<Where>();
  const [active, setActive] = useState(0);
  const people = useMentionable(room, where?.sign === '@');
  const found = where ? suggestions(where, people) : NOTHING;
  const close = () => setWhere(undefined);
  const pick = (suggestion: Suggestion) => {
    const element = area.current;
    if (!element || !where) return;
    const end = where.at + 1 + where.query.length;
    const word = suggestion.is === 'person' ? `@${suggestion.name} ` : `${suggestion.emoji} `;
    if (suggestion.is === 'person') {
      picked.current = [...picked.current, { id: suggestion.id, name: suggestion.name }];
    }
    write(element.value.slice(0, where.at) + word + element.value.slice(end));
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
      const next = element ? begunAt(element.value, element.selectionStart) : undefined;
      if (next?.sign === ':') needEmoji();
      setWhere(next);
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
  };
}

/** The one that stands nearer to the caret. */
function begunAt(text: string, caret: number): Where | undefined {
  const name = begun(text, caret);
  const emoji = begunEmoji(text, caret);
  if (emoji && emoji.at > (name?.at ?? -1)) return { sign: ':', ...emoji };
  return name && { sign: '@', ...name };
}

function suggestions({ sign, query }: Where, people: readonly Candidate[]): Suggestion[] {
  return sign === '@'
    ? matching(people, query).map((one) => ({ is: 'person', ...one }))
    : searched(emojiTable.value ?? [], query)
        .slice(0, SHOWN)
        .map((one) => ({ is: 'emoji', ...one }));
}

/** Who can be mentioned in a room; looked up when somebody first wants to. */
function useMentionable(room: Signal<RoomState>, wanted: boolean): readonly Candidate[] {
  const home = useHome();
  const { id, role, memberCount } = room.value;
  const [members, setMembers] = useState<readonly Member[]>();
  useEffect(() => {
    if (wanted && members === undefined) {
      home.members(id).then(
        (page) => setMembers(page.members),
        () => undefined,
      );
    }
  }, [wanted]);
  const everybody = rallies(role, memberCount) ? words().everybodyWord : undefined;
  return wanted ? candidates(members ?? [], home.me.id, everybody) : [];
}
