import { words } from '../../words';
import { theme, themes, wear } from '../theme';

/** How the app looks in this browser. */
export function Appearance() {
  const w = words();
  const names = { system: w.themeSystem, light: w.themeLight, dark: w.themeDark };
  return (
    <fieldset class="mt-5">
      <legend class="mb-2 text-sm font-medium">{w.theme}</legend>
      <div class="inline-flex flex-wrap gap-1 rounded-md bg-side p-1">
        {themes.map((one) => (
          <label
            key={one}
            class={`cursor-pointer rounded-md px-3 py-2 has-focus-visible:outline-2 has-focus-visible:outline-accent ${theme.value === one ? 'bg-raised font-medium outline outline-line' : 'text-soft hover:text-ink'}`}
          >
            <input
              type="radio"
              name="theme"
              class="sr-only"
              checked={theme.value === one}
              onChange={() => wear(one)}
            />
            {names[one]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
