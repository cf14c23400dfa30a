import { expect, it } from 'vitest';
import { Transports } from '../src/client/transports';
import type { Transport } from '../src/client/wire';

const wire = { send: () => undefined, close: () => undefined };
const raw: Transport = () => wire;
const fallback: Transport = () => wire;

function after(story: (transports: Transports) => void): Transport | undefined {
  const transports = new Transports([raw, fallback]);
  story(transports);
  return transports.next;
}

function fail(transports: Transports, times: number): void {
  for (let time = 0; time < times; time++) {
    transports.failed();
  }
}

it('begins with the first and gives each two tries', () => {
  expect(after(() => undefined)).toBe(raw);
  expect(after((transports) => fail(transports, 1))).toBe(raw);
  expect(after((transports) => fail(transports, 2))).toBe(fallback);
  expect(after((transports) => fail(transports, 4))).toBe(raw);
});

it('keeps to the one that worked while the server is away', () => {
  const restarted = (transports: Transports) => {
    transports.worked();
    fail(transports, 5);
  };
  expect(after(restarted)).toBe(raw);
  expect(
    after((transports) => {
      restarted(transports);
      fail(transports, 1);
    }),
  ).toBe(fallback);
});

it('keeps to the fallback where only that works, until the network may be another', () => {
  const hostile = (transports: Transports) => {
    fail(transports, 2);
    transports.worked();
    fail(transports, 1);
  };
  expect(after(hostile)).toBe(fallback);
  expect(
    after((transports) => {
      hostile(transports);
      transports.forget();
    }),
  ).toBe(raw);
});
