import { useState } from 'preact/hooks';
import type { Failure } from '../../client/failure';
import { useAsk, useWork } from './useAsk';

interface Page<T> {
  items: readonly T[];
  next?: string | undefined;
}

export interface Pages<T> {
  /** Nothing until the first page is there. */
  items: readonly T[] | undefined;
  failure: Failure | undefined;
  busy: boolean;
  /** Reads the next page; nothing when there is none. */
  more: (() => void) | undefined;
}

/** A list that comes in pages, asked for anew whenever the question changes. */
export function usePages<T>(
  question: string,
  read: (question: string, after?: string) => Promise<Page<T>>,
): Pages<T> {
  const { answer, failure } = useAsk(question, async (asked) => ({
    asked,
    ...(await read(asked)),
  }));
  const [rest, setRest] = useState<Page<T> & { of: unknown }>();
  const [tried, setTried] = useState<unknown>();
  const work = useWork();
  const later = rest?.of === answer ? rest : undefined;
  const next = later ? later.next : answer?.next;
  const after = async (asked: string, from: string) => {
    setTried(answer);
    const page = await read(asked, from);
    setRest({ of: answer, items: [...(later?.items ?? []), ...page.items], next: page.next });
  };
  return {
    items: answer && [...answer.items, ...(later?.items ?? [])],
    failure: failure ?? (tried === answer ? work.failure : undefined),
    busy: work.busy,
    more:
      answer && next !== undefined
        ? () => !work.busy && work.run(() => after(answer.asked, next))
        : undefined,
  };
}
