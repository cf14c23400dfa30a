/** One physical connection that carries texts; a transport makes it, the connection above decides about its life. */
export interface Wire {
  send(text: string): void;
  close(): void;
}

export interface WireEvents {
  opened(): void;
  text(text: string): void;
  /** Told once, also when it never opened. */
  closed(code: number): void;
}

export type Transport = (events: WireEvents) => Wire;

interface SocketLike {
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  send(text: string): void;
  close(): void;
}

/** Adapts whatever looks like a browser's WebSocket. */
export function wireOver(socket: SocketLike, events: WireEvents): Wire {
  socket.onopen = () => events.opened();
  socket.onmessage = (event: { data: unknown }) => {
    if (typeof event.data === 'string') {
      events.text(event.data);
    }
  };
  socket.onclose = (event: { code: number }) => events.closed(event.code);
  return { send: (text) => socket.send(text), close: () => socket.close() };
}

/** A raw WebSocket: one text frame, one message. */
export function rawWebSocket(url: string): Transport {
  return (events) => {
    try {
      return wireOver(new WebSocket(url), events);
    } catch {
      // Some browsers are forbidden to have any.
      queueMicrotask(() => events.closed(0));
      return { send: () => undefined, close: () => undefined };
    }
  };
}

/** Each of five bits: whoever knows the name of a session may send in it, so nobody must guess it. */
const SESSION_LETTERS = 26;

/** SockJS, for networks that let no WebSocket through. Its code is loaded when it is first needed. */
export function sockJs(url: string): Transport {
  return (events) => {
    let wire: Wire | undefined;
    let given = false;
    import('sockjs-client').then(
      ({ default: SockJS }) => {
        if (!given) {
          wire = wireOver(new SockJS(url, null, { sessionId: SESSION_LETTERS }), events);
        }
      },
      () => events.closed(0),
    );
    return {
      send: (text) => wire?.send(text),
      close: () => {
        given = true;
        wire?.close();
      },
    };
  };
}
