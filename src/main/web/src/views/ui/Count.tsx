interface Props {
  count: number;
  /** What it says to those who do not see it. */
  label: string;
  class?: string;
}

/** How many of something are new; nothing when none are. */
export function Count({ count, label, class: more = '' }: Props) {
  if (count === 0) return null;
  return (
    <span
      class={`min-w-5 flex-none rounded-full bg-accent px-1.5 text-center text-xs leading-5 font-semibold text-on-accent ${more}`}
    >
      <span aria-hidden="true">{count > 999 ? '999+' : count}</span>
      <span class="sr-only">{label}</span>
    </span>
  );
}
