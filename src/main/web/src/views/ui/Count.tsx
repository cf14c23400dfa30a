interface Props {
  count: number;
  /** What it says to those who do not see it. */
  label: string;
  /** Whether there are others that were not counted. */
  more?: boolean;
  class?: string;
}

const MOST = 999;

/** How many of something are new; nothing when none are. */
export function Count({ count, label, more = false, class: shape = '' }: Props) {
  if (count === 0) return null;
  return (
    <span
      class={`min-w-5 flex-none rounded-full bg-accent px-1.5 text-center text-xs leading-5 font-semibold text-on-accent ${shape}`}
    >
      <span aria-hidden="true">{count > MOST ? `${MOST}+` : `${count}${more ? '+' : ''}`}</span>
      <span class="sr-only">{label}</span>
    </span>
  );
}
