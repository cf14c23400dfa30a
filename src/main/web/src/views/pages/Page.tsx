import type { ComponentChildren } from 'preact';

interface Props {
  title: string;
  lead?: string;
  children: ComponentChildren;
}

/** A plain page in the main column. */
export function Page({ title, lead, children }: Props) {
  return (
    <div class="min-h-0 flex-1 overflow-y-auto">
      <div class="mx-auto max-w-[640px] px-4 py-6 md:px-8">
        <h1 class="text-xl font-semibold">{title}</h1>
        {lead !== undefined && <p class="mt-1 mb-5 text-soft">{lead}</p>}
        {children}
      </div>
    </div>
  );
}

/** Places that will be filled in a moment. */
export function PageSkeletons() {
  return (
    <div aria-hidden="true" class="mt-4 grid gap-4">
      {[1, 2, 3, 4].map((one) => (
        <div key={one} class="flex items-center gap-3">
          <div class="skeleton size-10" />
          <div class="skeleton h-4 w-2/5" />
        </div>
      ))}
    </div>
  );
}

/** Something to know instead of a list. */
export function PageNote({ children }: { children: ComponentChildren }) {
  return (
    <p role="status" class="py-8 text-center text-soft">
      {children}
    </p>
  );
}
