import type { Result } from '../../client/search';
import { DELETED } from '../../client/people';
import { isolated, words } from '../../words';
import { exactly, when } from '../../words/times';
import { useHome } from '../context';
import { PersonName } from '../people/PersonName';
import { follow, paths } from '../router';
import { Avatar } from '../ui/Avatar';
import { Highlighted } from './Highlighted';

interface Props {
  result: Result;
  /** The results stay beside the room that is opened. */
  beside: boolean;
  /** All are from the same room. */
  here: boolean;
}

/** A message that was found; leads to where it was said. */
export function ResultRow({ result, beside, here }: Props) {
  const { rooms, people } = useHome();
  const { room, seq, message, highlights } = result;
  const { id = '', name = '' } = message.author ?? {};
  const at = Date.parse(message.at);
  const said = typeof message.body?.text === 'string' ? message.body.text : '';
  const where = rooms.byId.value.get(room)?.value.name ?? '';
  const who = people.gone(id) ? DELETED : name;
  return (
    <li>
      <a
        href={beside ? paths.found(room, seq) : paths.message(room, seq)}
        onClick={follow}
        data-row
        class="flex gap-3 rounded-md px-2 py-2 hover:bg-hover"
      >
        <span class="pt-0.5" aria-hidden="true">
          <Avatar id={id} name={who} />
        </span>
        <span class="min-w-0 flex-1">
          <span class="flex items-baseline gap-2">
            <span class="min-w-0 truncate font-semibold">
              <PersonName name={who} />
            </span>
            <time
              class="ms-auto flex-none text-xs text-faint"
              dateTime={message.at}
              title={exactly(at)}
            >
              {when(at)}
            </time>
          </span>
          <Highlighted text={said} ranges={highlights} />
          {!here && where !== '' && (
            <span class="block truncate text-sm text-soft">
              {words().search.resultIn(isolated(where))}
            </span>
          )}
        </span>
      </a>
    </li>
  );
}
