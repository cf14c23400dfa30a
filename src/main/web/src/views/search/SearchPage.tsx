import { words } from '../../words';
import { Page } from '../pages/Page';
import { Icon } from '../ui/Icon';
import { Finder } from './Finder';
import { switching } from './Switcher';

/** Finding something said in all of one's rooms. */
export function SearchPage() {
  const all = words();
  const w = all.search;
  return (
    <Page title={w.title} lead={w.lead}>
      <button
        type="button"
        class="button button-plain mb-4 w-full justify-start md:w-auto"
        title={all.goToKeys}
        onClick={() => (switching.value = true)}
      >
        <Icon name="chats" />
        {all.goToPlace}
      </button>
      <Finder />
    </Page>
  );
}
