import { words } from '../../words';
import { useApp, useHome } from '../context';
import { go, paths } from '../router';
import { theme, themes, wear } from '../theme';
import { Avatar } from '../ui/Avatar';
import { Page } from './Page';

/** Oneself: who one is here, how the app looks, and the way out. */
export function You() {
  const app = useApp();
  const { me } = useHome();
  const w = words();
  const names = { system: w.themeSystem, light: w.themeLight, dark: w.themeDark };
  return (
    <Page title={w.you}>
      <div class="mt-5 flex items-center gap-4">
        <Avatar id={me.id} name={me.name} size="xl" />
        <div class="min-w-0">
          <p class="truncate text-lg font-semibold">
            <bdi>{me.name}</bdi>
          </p>
          {me.username !== undefined && (
            <p class="truncate text-soft">
              <bdi>@{me.username}</bdi>
            </p>
          )}
        </div>
      </div>
      <fieldset class="mt-8">
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
      <button
        type="button"
        class="button button-danger mt-10"
        onClick={() => {
          go(paths.signIn);
          void app.signOut();
        }}
      >
        {w.signOut}
      </button>
    </Page>
  );
}
