import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import type { VirtualizerHandle } from 'virtua';
import { keyOf } from '../../state/ahead';
import { useHome } from '../context';
import type { Row } from './rows';

/** Goes to a message that somebody begins to put in other words, where it is not in sight. */
export function useEditedInSight(
  room: string,
  rows: readonly Row[],
  list: RefObject<VirtualizerHandle | null>,
): void {
  const begun = useHome().acts.editing.begun.value;
  useLayoutEffect(() => {
    const index = rows.findIndex(
      (row) => row.is === 'message' && keyOf(room, row.message.seq) === begun,
    );
    if (index >= 0) list.current?.scrollToIndex(index, { align: 'nearest' });
  }, [begun]);
}
