import type { Seen } from '../../client/presence';

/** What somebody says of what they are about. */
export function StatusLine({ status }: Pick<Seen, 'status'>) {
  if (!status) return null;
  return (
    <span dir="auto">
      {status.emoji !== undefined && `${status.emoji} `}
      {status.text}
    </span>
  );
}
