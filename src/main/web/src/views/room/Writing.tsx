import type { Signal } from '@preact/signals';
import type { RoomState } from '../../state/room';
import type { Somebody } from '../people/usePerson';
import { useCountdown } from '../status/useCountdown';
import { Composer } from './Composer';
import { ArchivedHere, BlockedHere, GoneHere, MutedHere } from './NoWriting';

/** Where one writes in a room or in a thread of it, or why one does not. */
export function Writing({ room, other }: { room: Signal<RoomState>; other: Somebody }) {
  const { peer, name, archived, mutedUntil } = room.value;
  const muted = useCountdown(mutedUntil);
  if (peer !== undefined && other.gone) return <GoneHere />;
  if (peer !== undefined && other.blocked) return <BlockedHere peer={peer} name={name} />;
  if (archived) return <ArchivedHere />;
  if (mutedUntil !== undefined && muted > 0) return <MutedHere until={mutedUntil} />;
  return <Composer room={room} />;
}
