import { computed } from '@preact/signals';
import type { RefObject } from 'preact';
import { useLayoutEffect, useMemo } from 'preact/hooks';
import type { VirtualizerHandle } from 'virtua';
import { keyOf } from '../../state/ahead';
import { useHome } from '../context';
import type { Row } from './rows';

/**
 * Goes to a message that somebody begins to put in other words. Tells which rows are being edited: those stay in the
 * page, so that nobody loses their place in one.
 */
export function useEditedInSight(
  room: string,
  rows: readonly Row[],
  list: RefObject<VirtualizerHandle | null>,
): number[] {
  const { editing } = useHome().acts;
  const begun = editing.begun.value;
  // Drawn again for what is begun and ended, not for every letter.
  const open = useMemo(
    () => computed(() => [...editing.open.value.keys()].join()),
    [editing],
  ).value;
  const indexOf = (key: string | undefined) => {
    const edited = (row: Row) => row.is === 'message' && keyOf(room, row.message.seq) === key;
    return key === undefined ? -1 : rows.findIndex(edited);
  };
  const show = (index: number) => {
    if (index >= 0) list.current?.scrollToIndex(index, { align: 'nearest' });
  };
  useLayoutEffect(() => show(indexOf(begun)), [begun]);
  return useMemo(
    () => (open === '' ? [] : open.split(',').map(indexOf)).filter((index) => index >= 0),
    [open, rows],
  );
}

/** Whether somebody is at it in a timeline: then nothing there moves by itself. */
export function editedIn(timeline: HTMLElement | null): boolean {
  const at = document.activeElement;
  return timeline?.contains(at) === true && at?.closest('[data-edit]') != null;
}
