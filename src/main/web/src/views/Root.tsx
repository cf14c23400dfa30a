import { useEffect } from 'preact/hooks';
import { Shell } from './Shell';
import { HomeContext, useApp } from './context';
import { SignIn } from './entry/SignIn';
import { SignUp } from './entry/SignUp';
import { go, paths, place } from './router';

/** Whoever is not signed in gets a form, and afterwards the place they wanted. */
export function Root() {
  const home = useApp().home.value;
  const { is } = place.value;
  const atDoor = is === 'sign-in' || is === 'sign-up';
  useEffect(() => {
    if (home && atDoor) {
      go(paths.chats, 'replace');
    }
  }, [home, atDoor]);
  if (home) {
    return (
      <HomeContext.Provider value={home} key={home.me.id}>
        <Shell />
      </HomeContext.Provider>
    );
  }
  return is === 'sign-up' ? <SignUp /> : <SignIn />;
}
