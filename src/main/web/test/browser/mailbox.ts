import { createServer, type Server, type Socket } from 'node:net';
import { expect } from 'vitest';
import type { World } from './world';

const PORT = process.env.PARLEY_MAIL_PORT;

/** The server in memory shows its mails; a real one has to be told to send them to this port, without TLS. */
export const hasMails = process.env.PARLEY_URL === undefined || PORT !== undefined;

interface Mail {
  to: string;
  text: string;
}

/** Takes every mail of the server, and finds the links in them. */
export class Mailbox {
  private readonly mails: Mail[] = [];
  private readonly sockets = new Set<Socket>();
  private readonly smtp: Server;

  private constructor(private readonly world: World) {
    this.smtp = createServer((socket) => {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => this.sockets.delete(socket));
      this.receive(socket);
    });
  }

  static async open(world: World): Promise<Mailbox> {
    const box = new Mailbox(world);
    if (PORT !== undefined) {
      await new Promise<void>((done) => box.smtp.listen(Number(PORT), '127.0.0.1', done));
    }
    return box;
  }

  async close(): Promise<void> {
    this.sockets.forEach((socket) => socket.destroy());
    if (this.smtp.listening) await new Promise((done) => this.smtp.close(done));
  }

  /** Waits for the newest of so many links to a page of the app that were mailed to an address. */
  async link(to: string, page: string, count = 1): Promise<string> {
    await expect
      .poll(() => this.links(to, page).length, { timeout: 40_000 })
      .toBeGreaterThanOrEqual(count);
    return this.links(to, page).at(-1)!;
  }

  private links(to: string, page: string): string[] {
    const { server, url } = this.world;
    if (server) {
      return server.sent
        .filter((mail) => mail.to === to && mail.page === page)
        .map(({ token }) => `${url}${page}#token=${token}`);
    }
    return this.mails
      .filter((mail) => mail.to === to)
      .flatMap(({ text }) => /https?:\S+#token=\S+/.exec(text) ?? [])
      .filter((link) => link.startsWith(url + page));
  }

  /** As much of SMTP as it takes. */
  private receive(socket: Socket): void {
    let rest = '';
    let to = '';
    let text: string | undefined;
    const say = (line: string) => socket.write(`${line}\r\n`);
    say('220 ready');
    socket.on('data', (data) => {
      const lines = (rest + data.toString()).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (text !== undefined && line !== '.') {
          text += `${line}\n`;
        } else if (text !== undefined) {
          this.mails.push({ to, text: plain(text) });
          text = undefined;
          say('250 taken');
        } else if (/^DATA/i.test(line)) {
          text = '';
          say('354 go on');
        } else if (/^QUIT/i.test(line)) {
          socket.end('221 bye\r\n');
        } else {
          to = /^RCPT TO:<(.+?)>/i.exec(line)?.[1] ?? to;
          say('250 well');
        }
      }
    });
  }
}

/** Of the quoted-printable encoding, if it is that. */
function plain(text: string): string {
  return text
    .replace(/=\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}
