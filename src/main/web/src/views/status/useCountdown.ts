import { useEffect, useState } from 'preact/hooks';

/** Whole seconds until a time, counting down. */
export function useCountdown(until: number | undefined): number {
  const [, tick] = useState(0);
  useEffect(() => {
    if (until === undefined || until <= Date.now()) {
      return undefined;
    }
    const timer = setInterval(() => {
      tick((count) => count + 1);
      if (until <= Date.now()) clearInterval(timer);
    }, 250);
    return () => clearInterval(timer);
  }, [until]);
  return until === undefined ? 0 : Math.max(0, Math.ceil((until - Date.now()) / 1000));
}
