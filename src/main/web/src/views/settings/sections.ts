import type { FunctionComponent } from 'preact';
import type { Words } from '../../words/en';
import type { IconName } from '../ui/Icon';
import { lazily } from '../ui/lazily';

/** A part of the settings: its address below `/settings`, what it is called, and what is in it. */
export interface Section {
  path: string;
  icon: IconName;
  name: (w: Words) => string;
  Content: FunctionComponent;
}

/** All of them, as they are listed; the first is shown where none is chosen. */
export const sections: readonly [Section, ...Section[]] = [
  {
    path: 'profile',
    icon: 'person',
    name: (w) => w.profile,
    Content: lazily(() => import('./Profile').then((it) => it.Profile)),
  },
  {
    path: 'account',
    icon: 'mail',
    name: (w) => w.settings.account,
    Content: lazily(() => import('./Account').then((it) => it.Account)),
  },
  {
    path: 'password',
    icon: 'key',
    name: (w) => w.settings.password,
    Content: lazily(() => import('./Password').then((it) => it.Password)),
  },
  {
    path: 'devices',
    icon: 'device',
    name: (w) => w.settings.devices,
    Content: lazily(() => import('./Devices').then((it) => it.Devices)),
  },
  {
    path: 'notifications',
    icon: 'bell',
    name: (w) => w.calling.title,
    Content: lazily(() => import('./Notifications').then((it) => it.Notifications)),
  },
  {
    path: 'privacy',
    icon: 'eye',
    name: (w) => w.privacy,
    Content: lazily(() => import('./Privacy').then((it) => it.Privacy)),
  },
  {
    path: 'blocked',
    icon: 'block',
    name: (w) => w.blockedPeople,
    Content: lazily(() => import('./BlockedPeople').then((it) => it.BlockedPeople)),
  },
  {
    path: 'appearance',
    icon: 'sun',
    name: (w) => w.settings.appearance,
    Content: lazily(() => import('./Appearance').then((it) => it.Appearance)),
  },
  {
    path: 'data',
    icon: 'down',
    name: (w) => w.yourData,
    Content: lazily(() => import('./YourData').then((it) => it.YourData)),
  },
];
