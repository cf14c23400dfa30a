import { Failure } from './failure';
import type { CommandName, Commands, Incoming, Outgoing } from './protocol';

interface Pending {
  resolve(body: unknown): void;
  reject(failure: Failure): void;
  hurry: ReturnType<typeof setTimeout>;
  end: ReturnType<typeof setTimeout>;
}

/** How long an answer may take: when to doubt the network, and when to give up. */
export const REPLY = { doubtMs: 4_000, timeoutMs: 10_000 };

/** Commands under way, each waiting for the answer on an address of its own. */
export class Calls {
  private readonly pending = new Map<string, Pending>();
  private readonly prefix = `r.${Math.random().toString(36).slice(2, 10)}.`;
  private count = 0;

  constructor(
    private readonly send: (frame: Outgoing) => void,
    private readonly doubt: () => void,
    private readonly reply = REPLY,
  ) {}

  /** Asks once. Fails with what the server says, or TIMEOUT or UNAVAILABLE when the outcome is unknown. */
  call<C extends CommandName>(command: C, body: Commands[C][0]): Promise<Commands[C][1]> {
    const address = `${this.prefix}${++this.count}`;
    return new Promise((resolve, reject) => {
      this.pending.set(address, {
        resolve: resolve,
        reject,
        hurry: setTimeout(this.doubt, this.reply.doubtMs),
        end: setTimeout(() => this.late(address), this.reply.timeoutMs),
      });
      this.send({ type: 'send', address: command, replyAddress: address, body });
    });
  }

  /** Takes a frame if it answers a call. */
  take(frame: Incoming): boolean {
    const pending = this.settle(frame.address ?? '');
    if (!pending) {
      return frame.address?.startsWith(this.prefix) ?? false;
    }
    if (frame.type === 'err') {
      pending.reject(Failure.parse(frame.message));
    } else {
      pending.resolve(frame.body ?? {});
    }
    return true;
  }

  /** The socket is gone, and with it all answers. */
  lost(): void {
    for (const address of [...this.pending.keys()]) {
      this.settle(address)?.reject(new Failure('UNAVAILABLE', 'the connection was lost'));
    }
  }

  private late(address: string): void {
    this.settle(address)?.reject(new Failure('TIMEOUT', 'no answer in time'));
  }

  private settle(address: string): Pending | undefined {
    const pending = this.pending.get(address);
    if (pending) {
      this.pending.delete(address);
      clearTimeout(pending.hurry);
      clearTimeout(pending.end);
    }
    return pending;
  }
}
