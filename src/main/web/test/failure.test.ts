import { expect, it } from 'vitest';
import { Failure } from '../src/client/failure';

it('a detail may be a time', () => {
  const text = 'MUTED until=2026-11-23T09:00:00Z: you are muted in this room';
  expect(Failure.parse(text)).toMatchObject({
    reason: 'MUTED',
    detail: 'you are muted in this room',
    details: { until: '2026-11-23T09:00:00Z' },
  });
});

it('the sentence begins after the first colon that ends a word', () => {
  expect(Failure.parse('INVALID field=name limit=3: name=x: is no name')).toMatchObject({
    detail: 'name=x: is no name',
    details: { field: 'name', limit: '3' },
  });
  expect(Failure.parse('INTERNAL: oh: no')).toMatchObject({ reason: 'INTERNAL', detail: 'oh: no' });
});

it.each(['', 'oh', 'INVALID', 'OH: no', 'INVALID field: x', undefined, 7])(
  'what is no failure is one of the server: %s',
  (text) => {
    expect(Failure.parse(text)).toMatchObject({ reason: 'INTERNAL', details: {} });
  },
);
