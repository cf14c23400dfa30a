import { words } from '../../words';

/** That people ask to be let in, for those who decide. */
export function AskingLine({ count, onReview }: { count: number; onReview: () => void }) {
  const m = words().membership;
  return (
    <p role="status" class="flex items-center gap-3 border-b border-line bg-accent-soft px-4 py-2">
      <span class="min-w-0 flex-1 text-sm">{m.asking(count)}</span>
      <button type="button" class="button button-plain" onClick={onReview}>
        {m.review}
      </button>
    </p>
  );
}
