import { signal } from '@preact/signals';
import type { Client } from '../client/client';
import type { FoundMessages, Sort } from '../client/search';
import type { People } from './people';

const PAGE = 20;

/** What one looks for, which stays as it is while one reads what was found. */
export class Finding {
  readonly text = signal('');
  readonly sort = signal<Sort>('time');
  /** Also in other rooms than the one that is open. */
  readonly everywhere = signal(false);

  constructor(
    private readonly client: Client,
    private readonly people: People,
  ) {}

  /** Fails as the server does, INVALID with the rule that the words break. */
  async ask(query: string, room?: string, sort?: Sort, after?: string): Promise<FoundMessages> {
    if (query.trim() === '') {
      return { results: [] };
    }
    const how = sort === undefined ? {} : { sort };
    const page = await this.client.read('search.messages', {
      query,
      room,
      ...how,
      after,
      limit: PAGE,
    });
    this.people.learn(page.results.map(({ message }) => message.author));
    return page;
  }

  /** Puts a word behind the others, or takes it away. */
  toggle(word: string): void {
    const others = this.text
      .peek()
      .split(/\s+/)
      .filter((one) => one !== '' && one !== word);
    const had = this.has(word);
    this.text.value = [...others, ...(had ? [] : [word])].join(' ') + (had ? '' : ' ');
  }

  has(word: string): boolean {
    return this.text.value.split(/\s+/).includes(word);
  }
}
