import { signal } from '@preact/signals';
import type { Failure } from '../client/failure';
import { Session, type Account, type Registration } from '../client/session';
import { lastAccount, memory, rememberAccount } from './browser';
import { Home, type Surroundings } from './home';

export type AppSurroundings = Omit<Surroundings, 'tokens'>;

/** The app: nobody signed in, or somebody at home. */
export class App {
  readonly home = signal<Home | undefined>(undefined);
  /** Why the last session ended, when it was not by choice. */
  readonly ended = signal<Failure | undefined>(undefined);

  constructor(
    private readonly around: AppSurroundings,
    private readonly session: Session = new Session(),
  ) {}

  /** Goes on where the last visit ended, at once; whether the session still lives shows later. */
  start(): void {
    const account = lastAccount();
    if (account) {
      this.enter(account);
    }
  }

  async signUp(registration: Registration): Promise<void> {
    this.enter(await this.session.signUp(registration));
  }

  async signIn(identifier: string, password: string): Promise<void> {
    this.enter(await this.session.signIn(identifier, password));
  }

  async signOut(): Promise<void> {
    this.exit();
    await this.session.signOut().catch(() => undefined);
  }

  private enter(account: Account): void {
    rememberAccount(account);
    this.ended.value = undefined;
    const home = new Home(account, { ...this.around, tokens: this.session }, (failure) => {
      this.ended.value = failure;
      this.exit();
    });
    this.home.value = home;
    void home.start();
  }

  /** Leaves nothing of the person behind but what they have not sent. */
  private exit(): void {
    const home = this.home.peek();
    rememberAccount(undefined);
    if (home) {
      home.stop();
      memory.clear(`parley.draft.${home.me.id}.`);
      this.around.keepsakes.forget(home.me.id).catch(() => undefined);
      this.home.value = undefined;
    }
  }
}
