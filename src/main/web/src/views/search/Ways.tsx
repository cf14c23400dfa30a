import { words } from '../../words';

/** What may be typed, for whoever has typed nothing yet. */
export function Ways() {
  const w = words().search;
  return (
    <section aria-label={w.help} class="mt-5 text-sm text-soft">
      <p>{w.start}</p>
      <h3 class="mt-4 font-medium text-ink">{w.help}</h3>
      <dl class="mt-2 grid gap-2">
        {w.ways.map(([typed, meaning]) => (
          <div key={typed}>
            <dt>
              <bdi class="rounded-sm bg-hover px-1.5 py-0.5 font-medium text-ink" dir="ltr">
                {typed}
              </bdi>
            </dt>
            <dd class="mt-0.5">{meaning}</dd>
          </div>
        ))}
      </dl>
      <p class="mt-4 hidden md:block">{w.keys}</p>
    </section>
  );
}
