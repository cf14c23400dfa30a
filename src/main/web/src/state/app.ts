import { signal } from '@preact/signals';
import { Failure } from '../client/failure';
import { Identity, type Kind } from '../client/identity';
import { Rest } from '../client/rest';
import { Session, type Account, type Registration } from '../client/session';
import {
  forgetPlaces,
  lastAccount,
  memory,
  rememberAccount,
  rememberReminder,
  rememberSigningOut,
  signingOut,
  type AcrossTabs,
} from './browser';
import { favouritesOf } from './emoji';
import { Home, type Surroundings } from './home';

export interface AppSurroundings extends Omit<Surroundings, 'tokens'> {
  /** How tabs tell each other that an account is no more. */
  gone?: Pick<AcrossTabs, 'tell' | 'hear'>;
}

/** The app: nobody signed in, or somebody at home. */
export class App {
  readonly home = signal<Home | undefined>(undefined);
  /** Why the last session ended, when it was not by choice. */
  readonly ended = signal<Failure | undefined>(undefined);
  readonly identity: Identity;
  /** All sessions of whoever is at home are being ended. */
  private leaving: Home | undefined;
  /** The account's own end has been asked for: that its session ends meanwhile is told when that is answered. */
  private departing: { ended?: Failure } | undefined;
  private remembering: (() => void) | undefined;
  /** Whose session ended last. */
  private endedFor: string | undefined;

  constructor(
    private readonly around: AppSurroundings,
    rest: Rest = new Rest(),
    private readonly session = new Session(rest),
  ) {
    this.session.learnt = (account) => this.learn(account);
    this.identity = new Identity(rest, this.session);
    around.gone?.hear((user) => this.forget(user));
  }

  /** Goes on where the last visit ended, at once; whether the session still lives shows later. */
  start(): void {
    if (signingOut()) {
      rememberAccount(undefined);
      void this.settle();
      return;
    }
    const account = lastAccount();
    if (account) {
      this.session.resume(account.id);
      this.enter(account);
    }
  }

  async signUp(registration: Registration): Promise<void> {
    await this.settle();
    this.arrive(await this.session.signUp(registration));
  }

  async signIn(identifier: string, password: string): Promise<void> {
    await this.settle();
    this.arrive(await this.session.signIn(identifier, password));
  }

  async signOut(): Promise<void> {
    const id = this.home.peek()?.self.peek().id;
    const own = () => (lastAccount()?.id ?? id) === id;
    if (own()) rememberSigningOut(true);
    this.exit('by choice');
    await settled(this.session.signOut(own));
  }

  /** Tells the server what it could not be told when somebody signed out; never fails. */
  async settle(): Promise<void> {
    if (signingOut()) await settled(this.session.endLeft(signingOut));
  }

  /** Ends all sessions of the account. That this one's socket closes then is no news. */
  async signOutEverywhere(): Promise<void> {
    const home = this.home.peek();
    this.leaving = home;
    try {
      await this.identity.signOutEverywhere();
      if (this.home.peek() === home) {
        this.session.forget();
        this.exit('by choice');
      }
    } finally {
      this.leaving = undefined;
    }
  }

  /**
   * Deletes the account of whoever is signed in, and all that this browser has of them.
   *
   * @param done told before nobody is signed in any more, unless it fails
   */
  async deleteAccount(password: string, done: () => void): Promise<void> {
    const { id } = this.home.peek()?.self.peek() ?? { id: '' };
    const departing: { ended?: Failure } = {};
    this.departing = departing;
    try {
      await this.identity.deleteAccount(password);
      done();
      this.forget(id);
      this.around.gone?.tell(id);
    } finally {
      this.departing = undefined;
      // Whatever was answered, there is no session any more.
      if (departing.ended) this.over(departing.ended);
    }
    this.session.forget();
  }

  /** Without a value one is known by it no more. */
  async changeIdentifier(kind: Kind, value: string | undefined, password: string): Promise<void> {
    const home = this.home.peek();
    const { user, pending } = await this.identity.change(kind, value, password);
    this.learn(user);
    if (kind === 'email' && home) home.pending.value = pending;
    // A mail for the address of now would make the one for the next address useless, in other tabs and later, too.
    if (pending !== undefined) rememberReminder(user.id, false);
  }

  /** What the server says of the account that is signed in. */
  learn(account: Account): void {
    const home = this.home.peek();
    if (home?.self.peek().id === account.id) {
      home.learn(account);
    }
  }

  /** The cookie is of this account now. */
  private arrive(account: Account): void {
    rememberSigningOut(false);
    this.enter(account);
  }

  private enter(account: Account): void {
    this.ended.value = undefined;
    const home = new Home(account, { ...this.around, tokens: this.session }, (failure) => {
      if (this.home.peek() === home) this.over(failure);
    });
    this.remembering = home.self.subscribe(rememberAccount);
    this.home.value = home;
    void home.start();
  }

  /** The session is. */
  private over(failure: Failure): void {
    if (this.departing) {
      this.departing.ended = failure;
      return;
    }
    const home = this.home.peek();
    if (home) {
      const chosen = this.leaving === home;
      this.ended.value = chosen ? undefined : failure;
      this.exit(chosen ? 'by choice' : 'by the server');
    }
  }

  /** Somebody's account is no more: nothing of them stays here, not even what they had not sent. */
  private forget(user: string): void {
    if (this.home.peek()?.self.peek().id === user) this.exit('by choice');
    if (this.endedFor === user) this.ended.value = undefined;
    memory.clear(`parley.draft.${user}.`);
    memory.clear(`parley.deleting.${user}`);
    rememberReminder(user, true);
    this.around.outbox.forget(user).catch(() => undefined);
    this.around.keepsakes.forget(user).catch(() => undefined);
  }

  /**
   * Leaves nothing of the person behind but what they have not sent, and that they want no reminder; drafts only to
   * whoever is put out.
   */
  private exit(how: 'by choice' | 'by the server'): void {
    const home = this.home.peek();
    if (home) {
      const { id } = home.self.peek();
      this.endedFor = id;
      home.stop();
      this.remembering?.();
      forgetPlaces();
      memory.clear(favouritesOf(id));
      // Another tab may have signed somebody in since.
      if (lastAccount()?.id === id) rememberAccount(undefined);
      if (how === 'by choice') memory.clear(`parley.draft.${id}.`);
      this.around.keepsakes.forget(id).catch(() => undefined);
      this.home.value = undefined;
    }
  }
}

/** Whatever ends, it is settled when the server has said so, or that there is nothing to end. */
async function settled(ending: Promise<void>): Promise<void> {
  const done = await ending.then(
    () => true,
    (thrown: unknown) => Failure.from(thrown).aboutSession,
  );
  if (done) rememberSigningOut(false);
}
