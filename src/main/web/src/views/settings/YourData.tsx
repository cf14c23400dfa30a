import { useState } from 'preact/hooks';
import { words } from '../../words';
import { DataCopy } from './DataCopy';
import { DeleteAccount } from './DeleteAccount';

/** What one can take along, and the way out for good. */
export function YourData() {
  const [leaving, setLeaving] = useState(false);
  const w = words();
  return (
    <div class="mt-1">
      <p class="text-soft">{w.yourDataLead}</p>
      <DataCopy />
      <section class="mt-10 border-t border-line pt-6" aria-labelledby="delete-account">
        <h2 id="delete-account" class="text-lg font-semibold">
          {w.deleteTitle}
        </h2>
        <Points title={w.deleteGoes} points={w.deleteGoesList} />
        <Points title={w.deleteStays} points={w.deleteStaysList} />
        <p class="mt-4 font-medium">{w.deleteFinal}</p>
        <button type="button" class="button button-danger mt-4" onClick={() => setLeaving(true)}>
          {w.deleteStart}
        </button>
      </section>
      {leaving && <DeleteAccount onClose={() => setLeaving(false)} />}
    </div>
  );
}

function Points({ title, points }: { title: string; points: readonly string[] }) {
  return (
    <>
      <h3 class="mt-4 font-medium">{title}</h3>
      <ul class="mt-1 grid list-disc gap-1 ps-5 text-soft">
        {points.map((point) => (
          <li key={point}>{point}</li>
        ))}
      </ul>
    </>
  );
}
