/** What the settings say, in English. */
export const settings = {
  title: 'Settings',
  devices: 'Devices',
  appearance: 'Appearance',

  devicesLead: 'Where you are signed in. Sign out what you do not know, then change your password.',
  thisDevice: 'This device',
  lastUsed: (when: string) => `Last used ${when}`,
  onSystem: (browser: string, system: string) => `${browser} on ${system}`,
  unknownDevice: 'Unknown device',
  signOutDevice: 'Sign out',
  signOutNamed: (device: string) => `Sign out ${device}`,
  signedOutNamed: (device: string) => `${device} was signed out.`,
  signOutOthers: 'Sign out everywhere else',
  signedOutOthers: (n: number) =>
    n === 0
      ? 'There was no other device.'
      : n === 1
        ? 'One other device was signed out.'
        : `${n.toLocaleString('en')} other devices were signed out.`,
  signOutAll: 'Sign out everywhere',
  signOutAllSure: 'Sign out everywhere?',
  signOutAllText:
    'All your devices are signed out, this one too. What was not sent yet waits on its device until you sign in there again.',

  account: 'Account',
  accountLead: 'What you sign in with. Others see your username; the rest is for you alone.',
  kinds: { email: 'E-mail', phoneNumber: 'Phone', username: 'Username' },
  notSet: 'None',
  noEmail: 'Add an e\u2011mail address to get back in when you forget your password.',
  confirmed: 'Confirmed',
  unconfirmed: 'Not confirmed yet',
  pending: (address: string) =>
    `${address} becomes your address when you open the link in our mail.`,
  change: 'Change',
  addKind: 'Add',
  changeNamed: (kind: string) => `Change ${kind}`,
  addNamed: (kind: string) => `Add ${kind}`,
  changeTitles: {
    email: 'E\u2011mail address',
    phoneNumber: 'Phone number',
    username: 'Username',
  },
  valueHints: {
    email: 'We send a link to it. Until you open that, the address before stays.',
    emailUnproved: 'You can sign in with it.',
    phoneNumber: 'With its country code, such as +49 30 1234567.',
    username: 'Letters, digits and . _ - from one alphabet.',
  },
  takeAway: 'Remove it',
  takeAwayHint: 'You cannot sign in with it any more then.',
  onlyOne: 'This is all that your account is known by. Add something else first.',
  save: 'Save',
  yourPassword: 'Your password',
  saved: (kind: string) => `${kind} changed.`,

  password: 'Password',
  passwordLead: 'Your other devices are signed out when you change it.',
  currentPassword: 'Present password',
  changePassword: 'Change the password',
  passwordChanged: 'Your password is changed. Your other devices were signed out.',
  differently: 'Your password was just changed on another device. Try again with the present one.',
};
