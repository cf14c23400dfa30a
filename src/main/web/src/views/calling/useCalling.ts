import { useEffect, useMemo } from 'preact/hooks';
import { acrossTabs, CALLED, leadership, PROFILE } from '../../state/browser';
import { Caller } from '../../state/caller';
import { lookAcrossTabs, lookAgain } from '../../state/device-calls';
import { keepInStep } from '../../state/in-step';
import { Looking } from '../../state/looking';
import { useHome } from '../context';
import { go, place } from '../router';
import { show } from './show';

/** Calls whoever is signed in for what comes while they look elsewhere. */
export function useCalling(): void {
  const home = useHome();
  const looking = useMemo(() => new Looking(), []);
  const where = place.value;
  const room = where.is === 'room' ? where.id : undefined;
  useEffect(() => looking.at(room), [room]);
  useEffect(() => {
    const look = () => {
      looking.look();
      lookAgain();
    };
    const signs = ['focus', 'blur', 'pageshow', 'pagehide'] as const;
    signs.forEach((sign) => addEventListener(sign, look));
    document.addEventListener('visibilitychange', look);
    return () => {
      signs.forEach((sign) => removeEventListener(sign, look));
      document.removeEventListener('visibilitychange', look);
      looking.stop();
    };
  }, []);
  useEffect(lookAcrossTabs, []);
  useEffect(() => {
    const inStep = keepInStep(home, acrossTabs(PROFILE));
    const look = () => inStep.look();
    addEventListener('focus', look);
    return () => {
      removeEventListener('focus', look);
      inStep.end();
    };
  }, [home]);
  useEffect(() => {
    const others = acrossTabs(CALLED);
    const leading = leadership(`parley.caller.${home.me.id}`, () => caller.lead());
    const caller = new Caller({
      me: home.me.id,
      wants: () => {
        const profile = home.profile.value.peek();
        return profile && (profile.notifications ?? 'mentions');
      },
      resting: () => home.presence.resting(),
      looking: () => looking.now(),
      leads: () => leading.own,
      show,
      tell: (tag) => others.tell(tag),
    });
    others.hear((tag) => caller.called(tag));
    home.reader.heard = (known, entry) => caller.heard(known, entry);
    return () => {
      home.reader.heard = () => undefined;
      caller.stop();
      leading.end();
      others.close();
    };
  }, [home]);
  useEffect(followClicks, []);
}

/** Where the worker showed a notification, it tells this page where a click on it leads. */
function followClicks(): (() => void) | undefined {
  if (!('serviceWorker' in navigator)) return undefined;
  const clicked = ({ data }: MessageEvent<{ is?: string; to?: unknown } | undefined>) => {
    if (data?.is === 'called' && typeof data.to === 'string' && data.to.startsWith('/rooms/')) {
      go(data.to);
    }
  };
  navigator.serviceWorker.addEventListener('message', clicked);
  return () => navigator.serviceWorker.removeEventListener('message', clicked);
}
