/** Where messages will be in a moment. */
export function TimelineSkeletons() {
  return (
    <div aria-hidden="true" class="absolute inset-x-0 bottom-0 grid gap-5 px-4 pb-4 md:px-6">
      {[55, 80, 35, 65, 45].map((width) => (
        <div key={width} class="flex gap-3">
          <div class="skeleton size-9 rounded-full" />
          <div class="grid flex-1 content-start gap-2 pt-1">
            <div class="skeleton h-3 w-28" />
            <div class="skeleton h-3" style={{ width: `${width}%` }} />
          </div>
        </div>
      ))}
    </div>
  );
}
