import type { Signal } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import { Failure } from '../../client/failure';
import { messageAt } from '../../state/picks';
import type { RoomState } from '../../state/room';
import { advanced, type ThreadState } from '../../state/threads';
import { useHome } from '../context';
import { go, paths, type ThreadAt } from '../router';

/** A thread on the screen, as it is now. */
export interface Unfolded {
  thread: ThreadState | undefined;
  failure: Failure | undefined;
  earlier: () => Promise<void>;
}

/** Reads a thread and follows it; what the room has heard too much of since is read anew. */
export function useThread(room: Signal<RoomState>, { root, at }: ThreadAt): Unfolded {
  const { threads, me } = useHome();
  const { id, seq } = room.value;
  const [thread, setThread] = useState<ThreadState>();
  const [failure, setFailure] = useState<Failure>();
  const turn = useRef(0);
  const load = () => {
    const mine = ++turn.current;
    threads.open(id, root, at).then(
      (found) => {
        if (mine !== turn.current) return;
        setThread(found);
        setFailure(undefined);
      },
      (thrown: unknown) => mine === turn.current && setFailure(Failure.from(thrown)),
    );
  };
  const missing = at !== undefined && thread?.older === true && at < (thread.items[0]?.seq ?? 0);
  useEffect(load, [id, root, missing]);
  useEffect(() => {
    if (!thread || thread.upTo >= seq) return;
    const now = advanced(thread, room.peek(), me.id);
    if (now) setThread(now);
    else load();
  }, [seq, thread]);
  return {
    thread: thread?.root.seq === root ? thread : undefined,
    failure,
    earlier: async () => {
      if (!thread) return;
      const mine = turn.current;
      const before = thread.items[0]?.seq;
      const more = await threads.earlier(id, thread);
      // What has come meanwhile stays.
      setThread((now) =>
        now && mine === turn.current && now.items[0]?.seq === before
          ? {
              ...now,
              items: [...more.items.filter((one) => one.seq < (before ?? 0)), ...now.items],
              older: more.older,
            }
          : now,
      );
    },
  };
}

/** A message that stands in a thread is shown there, from wherever one comes. */
export function useThreadJump(room: Signal<RoomState> | undefined, at: number | undefined): void {
  const { picks } = useHome();
  const state = room?.value;
  const id = state?.id;
  const loaded = state?.timeline.status === 'loaded' && state.role !== undefined;
  useEffect(() => {
    if (id !== undefined && at !== undefined && loaded) picks.want(id, at);
  }, [id, at, loaded]);
  const root = state && at !== undefined ? messageAt(state, at)?.thread : undefined;
  useEffect(() => {
    if (id === undefined || at === undefined || root === undefined) return;
    go(paths.inThread(id, root, at), 'replace');
  }, [id, at, root]);
}
