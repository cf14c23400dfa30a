import { createServer, request as ask, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { files } from './files';

/**
 * Stands between browsers and a server, passes everything on, and can cut the network, with a reset or without a word,
 * or let no WebSocket through. Where the server has no app, it hands out the built one.
 */
export class Gate {
  /** WebSockets are answered as by a proxy that does not know them. */
  plain = false;
  private state: 'open' | 'refusing' | 'silent' = 'open';
  private readonly sockets = new Set<Duplex>();
  private readonly http: Server;

  constructor(
    private readonly target: URL,
    hasApp: boolean,
  ) {
    this.http = createServer((request, response) => {
      if (this.state === 'refusing') {
        request.socket.destroy();
      } else if (this.state === 'open' && !hasApp && !/^\/(api|eventbus)/.test(request.url ?? '')) {
        files(request, response);
      } else if (this.state === 'open') {
        const { method = 'GET', headers } = request;
        const passed = ask(new URL(request.url ?? '/', target), { method, headers }, (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
        });
        passed.on('error', () => request.socket.destroy());
        request.pipe(passed);
      }
    });
    this.http.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
    this.http.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) =>
      this.upgrade(request, socket, head),
    );
  }

  async listen(): Promise<string> {
    // Where the server has to know its address beforehand, because links in its mails lead there.
    const port = Number(process.env.PARLEY_GATE_PORT ?? 0);
    await new Promise<void>((resolve) => this.http.listen(port, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.sockets.forEach((socket) => socket.destroy());
    this.http.closeAllConnections();
    await new Promise((resolve) => this.http.close(resolve));
  }

  /** Breaks every connection and lets none be made, or swallows all that is sent. */
  cut(how: 'reset' | 'silence'): void {
    this.state = how === 'reset' ? 'refusing' : 'silent';
    if (how === 'reset') {
      this.sockets.forEach((socket) => socket.destroy());
    }
  }

  heal(): void {
    this.state = 'open';
  }

  private upgrade(request: IncomingMessage, socket: Socket, head: Buffer): void {
    if (this.state !== 'open') {
      if (this.state === 'refusing') socket.destroy();
      return;
    }
    if (this.plain) {
      socket.end('HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n');
      return;
    }
    const far = connect(Number(this.target.port), this.target.hostname, () => {
      const lines = request.rawHeaders.flatMap((name, i, all) =>
        i % 2 === 0 ? [`${name}: ${all[i + 1] ?? ''}`] : [],
      );
      far.write(`GET ${request.url ?? '/'} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
      far.write(head);
    });
    this.pass(socket, far);
    this.pass(far, socket);
  }

  /** What was swallowed is lost for good, so a connection that was cut in silence must not live on. */
  private pass(from: Socket, to: Socket): void {
    let broken = false;
    this.sockets.add(from);
    from.on('data', (data) => {
      broken ||= this.state === 'silent';
      if (!broken) to.write(data);
    });
    from.on('error', () => to.destroy());
    from.on('close', () => {
      this.sockets.delete(from);
      to.destroy();
    });
  }
}
