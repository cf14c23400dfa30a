import { words } from './index';

/** The more particular first: most browsers claim to be others as well. */
const BROWSERS: readonly [RegExp, string][] = [
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\/|Opera/, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
];

const SYSTEMS: readonly [RegExp, string][] = [
  [/iPhone/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/CrOS/, 'ChromeOS'],
  [/Mac OS X|Macintosh/, 'Mac'],
  [/Linux|X11/, 'Linux'],
];

/** What a device calls itself, in words: `Firefox on Linux`. Programs keep the name that they give. */
export function deviceName(agent: string): string {
  const w = words().settings;
  const browser = named(BROWSERS, agent);
  const system = named(SYSTEMS, agent);
  if (browser !== undefined && system !== undefined) return w.onSystem(browser, system);
  const own = agent.split(' ')[0] ?? '';
  return (
    browser ?? system ?? (own === '' || own === 'unknown' ? w.unknownDevice : own.slice(0, 40))
  );
}

/** Whether it is one that is carried about. */
export function isHandheld(agent: string): boolean {
  return /iPhone|iPad|Android|Mobile/.test(agent);
}

function named(all: readonly [RegExp, string][], agent: string): string | undefined {
  return all.find(([sign]) => sign.test(agent))?.[1];
}
