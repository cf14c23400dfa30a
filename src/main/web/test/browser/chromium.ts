import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { TestProject } from 'vitest/node';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the one browser of all tests is reached; nothing when there is none. */
    browser: string | undefined;
  }
}

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome-stable'];
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Starts one browser for all tests: the one that PARLEY_CHROMIUM names, or else this machine's. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const named = process.env.PARLEY_CHROMIUM;
  const path = (named === undefined ? PLACES : [named]).find(existsSync);
  if (path === undefined) {
    if (process.env.CI === 'true') throw new Error('Chromium is missing');
    project.provide('browser', undefined);
    return () => Promise.resolve();
  }
  const server = await chromium.launchServer({ executablePath: path, args: FLAGS });
  project.provide('browser', server.wsEndpoint());
  return () => server.close();
}
