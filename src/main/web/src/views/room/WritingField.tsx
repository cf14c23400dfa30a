import type { RefObject } from 'preact';
import { useLayoutEffect } from 'preact/hooks';
import { optionId, SUGGESTIONS } from './Suggestions';
import type { Completion } from './useCompletion';

interface Props {
  area: RefObject<HTMLTextAreaElement | null>;
  text: string;
  label: string;
  /** Stands in it while it is empty. */
  hint?: string;
  invalid: boolean;
  /** The ids of what is said about it. */
  describedBy?: string | undefined;
  readOnly?: boolean;
  completion: Completion;
  onWrite: (text: string) => void;
  /** A key that the list of completions has no use for. */
  onKey: (event: KeyboardEvent) => void;
}

const MOST_PIXELS = 200;

/** Where a message is written: it grows with what is in it, and completes what is begun. */
export function WritingField(props: Props) {
  const { area, text, label, hint, invalid, describedBy, readOnly, completion } = props;
  const completing = completion.found.length > 0;
  useLayoutEffect(() => {
    const element = area.current;
    if (element) {
      element.style.height = 'auto';
      element.style.height = `${Math.min(element.scrollHeight, MOST_PIXELS)}px`;
    }
  }, [text]);
  return (
    <textarea
      aria-autocomplete="list"
      aria-controls={completing ? SUGGESTIONS : undefined}
      aria-activedescendant={completing ? optionId(completion.active) : undefined}
      ref={area}
      rows={1}
      dir="auto"
      value={text}
      readOnly={readOnly}
      aria-label={label}
      placeholder={hint}
      aria-invalid={invalid}
      aria-describedby={describedBy}
      class="max-h-[200px] min-h-9 min-w-0 flex-1 resize-none self-center bg-transparent py-2 leading-5 outline-none placeholder:text-faint"
      onInput={(event) => {
        props.onWrite(event.currentTarget.value);
        completion.look();
      }}
      onClick={completion.look}
      onBlur={completion.close}
      onKeyDown={(event) => {
        if (!completion.key(event)) props.onKey(event);
      }}
    />
  );
}
