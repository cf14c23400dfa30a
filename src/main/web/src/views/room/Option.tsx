interface Props {
  /** Of which one is chosen. */
  group: string;
  name: string;
  hint: string;
  chosen: boolean;
  onChoose: () => void;
}

/** One of a few things of which one is chosen, with what it means. */
export function Option({ group, name, hint, chosen, onChoose }: Props) {
  return (
    <label class="flex cursor-pointer items-start gap-3 rounded-md p-2 hover:bg-hover">
      <input
        type="radio"
        name={group}
        class="mt-1 size-4 flex-none accent-accent"
        checked={chosen}
        onChange={onChoose}
      />
      <span>
        <span class="block font-medium">{name}</span>
        <span class="block text-sm text-soft">{hint}</span>
      </span>
    </label>
  );
}
