import { afterEach, expect, it, vi } from 'vitest';
import { Failure } from '../src/client/failure';
import { useCountdown } from '../src/views/status/useCountdown';
import { usePages } from '../src/views/ui/usePages';
import { until } from './clock';
import { using } from './hooks';

afterEach(() => vi.useRealTimers());

it('a countdown draws what is left, and nothing any more when it is over', async () => {
  vi.useFakeTimers();
  const end = Date.now() + 2_000;
  const count = using(() => useCountdown(end));
  expect(count.said).toBe(2);
  await vi.advanceTimersByTimeAsync(1_500);
  expect(count.said).toBe(1);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(count.said).toBe(0);
  const { drawn } = count;
  await vi.advanceTimersByTimeAsync(60_000);
  expect([count.drawn, vi.getTimerCount()]).toEqual([drawn, 0]);
  count.end();
});

it('a countdown to what has been never begins', async () => {
  vi.useFakeTimers();
  const end = Date.now() - 1;
  const count = using(() => useCountdown(end));
  await vi.advanceTimersByTimeAsync(1_000);
  expect([count.said, count.drawn]).toEqual([0, 1]);
  count.end();
});

it('that there is no more of one answer is not said of the next', async () => {
  let question = 'first';
  const list = using(() =>
    usePages(question, (asked, after) =>
      after === undefined
        ? Promise.resolve({ items: [asked], next: '1' })
        : Promise.reject(new Failure('RATE_LIMITED', 'later')),
    ),
  );
  await until(() => list.said.items !== undefined);
  list.said.more?.();
  await until(() => list.said.failure !== undefined);
  expect(list.said.failure?.reason).toBe('RATE_LIMITED');
  question = 'second';
  list.draw();
  await until(() => list.said.items?.[0] === 'second');
  expect(list.said.failure).toBeUndefined();
  list.said.more?.();
  await until(() => list.said.failure !== undefined);
  list.end();
});
