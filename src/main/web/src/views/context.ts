import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { App } from '../state/app';
import type { Home } from '../state/home';

export const AppContext = createContext<App | undefined>(undefined);
export const HomeContext = createContext<Home | undefined>(undefined);

export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error('outside of the app');
  return app;
}

/** The signed-in state; only for views that exist when somebody is signed in. */
export function useHome(): Home {
  const home = useContext(HomeContext);
  if (!home) throw new Error('nobody is signed in');
  return home;
}
