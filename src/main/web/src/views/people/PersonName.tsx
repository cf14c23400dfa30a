import { DELETED } from '../../client/people';
import { words } from '../../words';

/** What somebody is called; quietly, when their account is no more. */
export function PersonName({ name }: { name: string }) {
  return name === DELETED ? (
    <span class="font-normal text-faint italic">{words().goneName}</span>
  ) : (
    <bdi>{name}</bdi>
  );
}
