import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { parse } from 'yaml';
import { Failure, REASONS, type Reason } from '../src/client/failure';

// The words follow the page's language; there is no page here.
vi.stubGlobal('document', { documentElement: {} });
const { en } = await import('../src/words/en');
const { speak, why } = await import('../src/words');
const { noThread } = await import('../src/words/refusals');
const { deviceName, isHandheld } = await import('../src/words/device');

const rest = parse(
  readFileSync(new URL('../../resources/openapi.yaml', import.meta.url), 'utf8'),
) as {
  components: { schemas: { Problem: { properties: { code: { enum: Reason[] } } } } };
};

describe('words for failures', () => {
  const codes = rest.components.schemas.Problem.properties.code.enum;

  it('are there for every code of the catalogue', () => {
    expect(Object.keys(en.failures).sort()).toEqual([...codes].sort());
    expect(Object.keys(REASONS).sort()).toEqual([...codes].sort());
  });

  it.each(codes)('say something a person understands for %s', (code) => {
    const said = why(new Failure(code, ''));
    expect(said.length).toBeGreaterThan(10);
    expect(said).not.toMatch(/[A-Z]{3}|_|\bcid\b|\bshard\b|\bseq\b|\btoken\b/);
  });

  it('name the rule that was broken, where the server does', () => {
    const failure = new Failure('INVALID', 'password must have at least 8 characters', {
      field: 'password',
      rule: 'short',
      limit: '8',
    });
    expect(why(failure)).toBe('This is too short: it takes at least 8 characters.');
  });

  it('are the server’s own where it says more than the code', () => {
    const failure = new Failure('INVALID', 'name must not be blank', { field: 'name' });
    expect(why(failure)).toBe('Name must not be blank');
    expect(why(new Failure('INVALID', 'x', { rule: 'of tomorrow' }))).toBe('X');
  });
});

describe('words for a thread that cannot be read', () => {
  const missing = new Failure('NOT_FOUND', 'there is no such message');

  it('say that it began before one came', () => {
    expect(noThread(missing, 6, 7)).toBe(en.threadBefore);
    expect(noThread(missing, 7, 7)).toBe(en.noSuchThread);
    expect(noThread(missing, 6, undefined)).toBe(en.noSuchThread);
  });

  it('say of everything else what it is', () => {
    expect(noThread(new Failure('UNAVAILABLE', ''), 6, 7)).toBe(en.failures.UNAVAILABLE);
  });
});

describe('names of devices', () => {
  beforeEach(() => speak(undefined));

  it.each([
    [
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/144.0.0.0 Safari/537.36',
      'Chrome on Linux',
    ],
    [
      'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/144.0.0.0 Safari/537.36 Edg/144.0.0.0',
      'Edge on Windows',
    ],
    ['Mozilla/5.0 (X11; Linux x86_64; rv:147.0) Gecko/20100101 Firefox/147.0', 'Firefox on Linux'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
      'Safari on iPhone',
    ],
    [
      'Mozilla/5.0 (Linux; Android 15; SM-S931B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36',
      'Samsung Internet on Android',
    ],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
      'Safari on Mac',
    ],
    ['curl/8.16.0', 'curl/8.16.0'],
    ['unknown', 'Unknown device'],
    ['', 'Unknown device'],
  ])('tell %s', (agent, name) => {
    expect(deviceName(agent)).toBe(name);
    expect(isHandheld(agent)).toBe(/iPhone|Android/.test(agent));
  });

  it('of any length are short', () => {
    expect(deviceName('x'.repeat(300))).toHaveLength(40);
  });
});
