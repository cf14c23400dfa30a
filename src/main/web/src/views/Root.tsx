import { useEffect } from 'preact/hooks';
import { Shell } from './Shell';
import { HomeContext, useApp } from './context';
import { Goodbye } from './entry/Goodbye';
import { SignIn } from './entry/SignIn';
import { SignUp } from './entry/SignUp';
import { go, ledHere, paths, place } from './router';
import { lazily } from './ui/lazily';
// The tokens of mailed links are taken out of the address as early as can be.
import './entry/mailed';
import { invited } from './entry/invited';

const Reset = lazily(() => import('./entry/Reset').then((it) => it.Reset));
const Verify = lazily(() => import('./entry/Verify').then((it) => it.Verify));

/** Whoever is not signed in gets a form, and afterwards the place they wanted. Mailed links are for everybody. */
export function Root() {
  const home = useApp().home.value;
  const { is } = place.value;
  const atDoor = is === 'sign-in' || is === 'sign-up' || is === 'goodbye';
  useEffect(() => {
    if (home && atDoor) {
      go(invited.peek() === undefined ? paths.chats : paths.invite, 'replace');
    }
  }, [home, atDoor]);
  if (is === 'reset') return <Reset />;
  if (is === 'verify') return <Verify />;
  if (home) {
    return (
      <HomeContext.Provider value={home} key={home.me.id}>
        <Shell />
      </HomeContext.Provider>
    );
  }
  if (is === 'goodbye' && ledHere()) {
    return <Goodbye />;
  }
  return is === 'sign-up' ? <SignUp /> : <SignIn />;
}
