import { signal } from '@preact/signals';
import { words } from './index';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The present, to half a minute; who reads it is drawn again as time goes by. */
export const now = signal(Date.now());

setInterval(() => (now.value = Date.now()), MINUTE / 2);

const relative = new Intl.RelativeTimeFormat(undefined, { numeric: 'always', style: 'narrow' });
const past = new Intl.RelativeTimeFormat(undefined, { numeric: 'always' });
const clock = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const dayAndClock = new Intl.DateTimeFormat(undefined, {
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: '2-digit',
});
const short = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' });
const day = new Intl.DateTimeFormat(undefined, { weekday: 'long', month: 'long', day: 'numeric' });
const dayOfYear = new Intl.DateTimeFormat(undefined, { dateStyle: 'long' });
const whole = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });

/** Relative within a day, absolute beyond. */
export function when(at: number): string {
  const age = now.value - at;
  if (age < MINUTE) return words().justNow;
  if (age < HOUR) return relative.format(-Math.floor(age / MINUTE), 'minute');
  if (age < DAY) return relative.format(-Math.floor(age / HOUR), 'hour');
  return dayAndClock.format(at);
}

/** How long ago, in words, for the middle of a sentence; the day, when that was a month ago or more. */
export function ago(at: number): string {
  const age = now.value - at;
  if (age < MINUTE) return words().justNow;
  if (age < HOUR) return past.format(-Math.floor(age / MINUTE), 'minute');
  if (age < DAY) return past.format(-Math.floor(age / HOUR), 'hour');
  return age < 30 * DAY ? past.format(-Math.floor(age / DAY), 'day') : dayOfYear.format(at);
}

/** A time to come, as exact as one needs it: the hour of today, the day and hour of others. */
export function moment(at: number): string {
  return startOfDay(at) === startOfDay(Date.now()) ? clock.format(at) : dayAndClock.format(at);
}

const units: readonly (readonly [number, 'day' | 'hour' | 'minute'])[] = [
  [DAY, 'day'],
  [HOUR, 'hour'],
  [MINUTE, 'minute'],
];

/** How long something lasts, in its largest whole unit. */
export function span(seconds: number): string {
  const ms = seconds * 1000;
  const [size, unit] = units.find(([each]) => ms >= each && ms % each === 0) ?? [1000, 'second'];
  return new Intl.NumberFormat(undefined, { style: 'unit', unit, unitDisplay: 'long' }).format(
    ms / size,
  );
}

/** As short as it can be, for lists. */
export function shortly(at: number): string {
  const age = now.value - at;
  if (age < DAY && startOfDay(at) === startOfDay(now.value)) return clock.format(at);
  return short.format(at);
}

/** All of it, for whoever asks. */
export function exactly(at: number): string {
  return whole.format(at);
}

/** The day, for the line between two. */
export function dayName(at: number): string {
  const today = startOfDay(now.value);
  const that = startOfDay(at);
  if (that === today) return words().today;
  if (that === startOfDay(today - HOUR)) return words().yesterday;
  return today - that < 300 * DAY ? day.format(at) : dayOfYear.format(at);
}

export function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}
