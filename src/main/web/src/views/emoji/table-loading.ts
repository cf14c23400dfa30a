import { signal } from '@preact/signals';
import { listed, type Listed } from '../../state/emoji';

/** Emoji of one kind. */
export interface Group {
  name: string;
  emoji: readonly Listed[];
}

/** All that are offered, in groups and in a row; nothing until they have been loaded. */
export const emojiGroups = signal<readonly Group[] | undefined>(undefined);
export const emojiTable = signal<readonly Listed[] | undefined>(undefined);

let loading: Promise<void> | undefined;

/** Sees to it that they are loaded. */
export function needEmoji(): void {
  loading ??= import('./table').then(
    ({ TABLE }) => {
      const groups = Object.entries(TABLE).map(([name, lines]) => ({ name, emoji: listed(lines) }));
      emojiTable.value = groups.flatMap(({ emoji }) => emoji);
      emojiGroups.value = groups;
    },
    () => (loading = undefined),
  );
}
