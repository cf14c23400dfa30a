import { afterEach, beforeEach, expect, it, vi } from 'vitest';

let touched: boolean;
let touch: () => void;
let begun: number;

/** As a browser has it: suspended at first, and until somebody has touched the page. */
class Sound {
  state = 'suspended';
  currentTime = 0;
  destination = {};
  resume(): Promise<void> {
    const run = () => {
      this.state = 'running';
    };
    return touched ? Promise.resolve().then(run) : touching.then(run);
  }
}

let touching: Promise<void>;

beforeEach(() => {
  vi.useFakeTimers();
  vi.resetModules();
  touched = false;
  begun = 0;
  touching = new Promise((resolve) => (touch = resolve));
  vi.stubGlobal('AudioContext', Sound);
  const connect = <T>(to: T): T => to;
  vi.stubGlobal(
    'OscillatorNode',
    class {
      connect = connect;
      start = () => {
        begun++;
      };
      stop = () => undefined;
    },
  );
  vi.stubGlobal(
    'GainNode',
    class {
      gain = { setValueAtTime: () => undefined, linearRampToValueAtTime: () => undefined };
      connect = connect;
    },
  );
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const settle = () => vi.advanceTimersByTimeAsync(0);

it('two notes sound where sound is allowed, also when it has yet to begin', async () => {
  const { chime } = await import('../src/views/calling/chime');
  touched = true;
  chime();
  await settle();
  expect(begun).toBe(2);
  chime();
  expect(begun).toBe(4);
});

it('what a page kept back does not sound all at once when somebody touches it', async () => {
  const { chime } = await import('../src/views/calling/chime');
  for (let i = 0; i < 5; i++) {
    chime();
    vi.advanceTimersByTime(10_000);
  }
  touch();
  await settle();
  expect(begun).toBe(0);
  chime();
  expect(begun).toBe(2);
});

it('what came a moment ago sounds once', async () => {
  const { chime } = await import('../src/views/calling/chime');
  for (let i = 0; i < 5; i++) chime();
  touch();
  await settle();
  expect(begun).toBe(2);
});
