import { useEffect } from 'preact/hooks';
import { useHome } from '../context';

/**
 * Says what somebody really has before their eyes of a thread: its end, on a page that is looked at.
 *
 * @returns what is to be called when the end may have come to the screen
 */
export function useThreadRead(
  room: string,
  root: number | undefined,
  newest: number | undefined,
  atEnd: () => boolean,
): () => void {
  const { connection, threads } = useHome();
  const { following } = threads;
  const known = root === undefined ? undefined : following.of(room, root);
  const mark = () => {
    const looked = document.visibilityState === 'visible' && document.hasFocus();
    if (root === undefined || newest === undefined || !looked || !atEnd()) return;
    following.read(room, root, newest).catch(() => undefined);
  };
  const open = connection.value.is === 'open';
  useEffect(() => {
    if (open && root !== undefined) following.look(room, root).catch(() => undefined);
  }, [open, room, root]);
  useEffect(mark, [newest, known, open]);
  useEffect(() => {
    window.addEventListener('focus', mark);
    document.addEventListener('visibilitychange', mark);
    return () => {
      window.removeEventListener('focus', mark);
      document.removeEventListener('visibilitychange', mark);
    };
  }, [newest, known]);
  return mark;
}
