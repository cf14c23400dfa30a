import { signal } from '@preact/signals';
import { DELETED } from '../client/people';
import type { Person } from '../client/protocol';

/** What people are called, as far as it has come up; who has not is looked up once. */
export class People {
  private readonly names = signal<ReadonlyMap<string, string>>(new Map());
  private readonly asked = new Set<string>();

  constructor(private readonly lookUp: (id: string) => Promise<Person>) {}

  learn(people: readonly (Person | undefined)[]): void {
    const news = people.filter(
      (person) => person && person.name !== '' && this.names.peek().get(person.id) !== person.name,
    );
    if (news.length > 0) {
      const names = new Map(this.names.peek());
      news.forEach((person) => person && names.set(person.id, person.name));
      this.names.value = names;
    }
  }

  /** Whether somebody's account is known to be no more. */
  gone(id: string): boolean {
    return this.names.value.get(id) === DELETED;
  }

  /** Undefined until the answer is there; then whoever read this is drawn again. */
  name(id: string): string | undefined {
    const name = this.names.value.get(id);
    if (name === undefined && !this.asked.has(id)) {
      this.asked.add(id);
      this.lookUp(id).then(
        (person) => this.learn([person]),
        () => this.asked.delete(id),
      );
    }
    return name;
  }
}
