import { words } from '../../words';
import { Page } from '../pages/Page';
import { Finder } from './Finder';

/** Finding something said in all of one's rooms. */
export function SearchPage() {
  const w = words().search;
  return (
    <Page title={w.title} lead={w.lead}>
      <Finder />
    </Page>
  );
}
