import { words } from '../../words';
import { Icon } from '../ui/Icon';
import { Quoted } from './Quote';
import { useTalk } from './talk';

/** What the next message answers, with a way to take that back. */
export function AnswerLine({ onGone }: { onGone: () => void }) {
  const { answering } = useTalk();
  const seq = answering.value;
  const w = words();
  if (seq === undefined) {
    return null;
  }
  return (
    <div class="mb-1 flex items-center gap-2 rounded-md bg-hover ps-3 text-sm">
      <Icon name="reply" size={16} />
      <span class="min-w-0 flex-1">
        <span class="sr-only">{w.inAnswerTo} </span>
        <Quoted seq={seq} />
      </span>
      <button
        type="button"
        class="icon-button"
        aria-label={w.answerNothing}
        onClick={() => {
          answering.value = undefined;
          onGone();
        }}
      >
        <Icon name="close" size={16} />
      </button>
    </div>
  );
}
