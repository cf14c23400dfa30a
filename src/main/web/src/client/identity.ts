import type { Rest } from './rest';
import type { Account } from './session';

/** What one can be known by. */
export type Kind = 'email' | 'phoneNumber' | 'username';

/** The account as it is now, and the address that has yet to be proved. */
export interface Changed {
  user: Account;
  pending?: string;
}

/** Passwords, and what an account is known by; some of it for whoever has the token from a mail. */
export class Identity {
  constructor(
    private readonly rest: Rest,
    private readonly tokens: { token(): Promise<string> },
  ) {}

  /** Fails GONE for a link that was used, replaced or is too old, INVALID for what is none. */
  async verifyEmail(token: string): Promise<void> {
    await this.rest.ask('POST', 'auth/verify-email', { body: { token } });
  }

  /** Has a mail sent to whoever has this address, if anybody. */
  async askReset(email: string): Promise<void> {
    await this.rest.ask('POST', 'auth/password-reset', { body: { email } });
  }

  /** Ends every session of the account. Fails as above. */
  async reset(token: string, password: string): Promise<void> {
    await this.rest.ask('POST', 'auth/password-reset/confirm', { body: { token, password } });
  }

  async me(): Promise<Account> {
    return (await this.own('GET', 'me')) as Account;
  }

  /** Has the mail sent again that proves one's own address. */
  async resendVerification(): Promise<void> {
    await this.own('POST', 'auth/verify-email/resend');
  }

  /** Ends all other sessions. */
  async changePassword(current: string, password: string): Promise<void> {
    await this.own('POST', 'me/password', { current, password });
  }

  /** Without a value one is known by it no more. */
  async change(kind: Kind, value: string | undefined, password: string): Promise<Changed> {
    const body = value === undefined ? { password } : { value, password };
    return (await this.own('PUT', `me/identifiers/${kind}`, body)) as Changed;
  }

  /** Ends all sessions, this one too. */
  async signOutEverywhere(): Promise<void> {
    await this.own('DELETE', 'me/sessions');
  }

  /** For good. Fails FORBIDDEN when the password is not right. */
  async deleteAccount(password: string): Promise<void> {
    await this.own('DELETE', 'me', { password });
  }

  /** The cookie stays here: it may be of somebody else who has signed in since. */
  private async own(method: string, path: string, body?: object): Promise<unknown> {
    return this.rest.ask(method, path, { body, token: await this.tokens.token(), cookie: false });
  }
}
