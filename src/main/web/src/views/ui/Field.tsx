import type { ComponentChildren } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef } from 'preact/hooks';

interface Props {
  label: string;
  value: string;
  onInput: (value: string) => void;
  hint?: string | undefined;
  error?: string | undefined;
  optional?: string;
  type?: 'text' | 'password';
  /** By which password managers know it. */
  name?: string;
  inputMode?: 'email' | 'tel';
  autocomplete?: string;
  maxLength?: number;
  required?: boolean;
  autofocus?: boolean;
  children?: ComponentChildren;
}

/** A labelled line of text, with its hint and its error told to everybody. Whoever made the error is led to it. */
export function Field(props: Props) {
  const id = useId();
  const {
    label,
    hint,
    error,
    optional,
    children,
    onInput,
    autofocus,
    type = 'text',
    ...input
  } = props;
  const told = error ?? hint;
  const line = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => {
    if (autofocus) {
      // A dialog that opens around it looks for this.
      line.current?.setAttribute('autofocus', '');
      line.current?.focus();
    }
  }, []);
  useEffect(() => {
    if (error !== undefined) line.current?.focus();
  }, [error]);
  return (
    <div class="grid gap-1">
      <label for={id} class="text-sm font-medium">
        {label}
        {optional && <span class="font-normal text-faint"> ({optional})</span>}
      </label>
      <div class="relative">
        <input
          id={id}
          class="field"
          dir="auto"
          ref={line}
          aria-invalid={error !== undefined}
          aria-describedby={told === undefined ? undefined : `${id}-told`}
          onInput={(event) => onInput(event.currentTarget.value)}
          {...input}
          {...(type === 'password' ? { type } : { type })}
        />
        {children}
      </div>
      {told !== undefined && (
        <p
          id={`${id}-told`}
          class={`text-sm ${error === undefined ? 'text-faint' : 'text-danger'}`}
        >
          {told}
        </p>
      )}
    </div>
  );
}
