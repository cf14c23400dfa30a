/** What is said to whoever comes in, in English. */
export const door = {
  nameHint: 'What others see. You can change it later.',
  usernameRule:
    'Letters, digits and . _ - or your e‑mail address, or your phone number with its +.',
  passwordRule: 'At least 8 characters. Several words are easy to keep in mind.',
  wrong: 'That name and password do not go together.',
  notSafe: 'Browsers sign in here over https only. Ask whoever runs this server for its address.',
  disabled: 'This account may not sign in for now. Ask whoever runs this server.',
  taken: {
    username: 'Somebody has this username already.',
    email: 'There is an account with this e-mail address already. Sign in, or choose another.',
    phoneNumber: 'There is an account with this phone number already. Sign in, or choose another.',
  } as Record<string, string>,

  signedOutHere:
    'You were signed out on this device. Sign in again; what you had not sent is kept.',
  signedOutOther: 'Another account was signed in in this browser. Reload the page to use it.',

  tooMany: (time: string) => `Too many tries. You can try again in ${time}.`,
  wait: (time: string) => `The server is busy. You can try again in ${time}.`,
  nowAgain: 'You can try again now.',
  seconds: (n: number) => `${n} s`,
  minutes: (n: number) => `${n} min`,

  forgot: 'Forgot your password?',
  resetTitle: 'Choose a new password',
  resetLead: 'We send a link to the e-mail address of your account.',
  email: 'E-mail address',
  sendLink: 'Send the link',
  askedTitle: 'Look at your mail',
  asked: (email: string) =>
    `If there is an account with ${email}, a link is on its way to it. It works for 30 minutes.`,
  askedNothing: 'Nothing there? Look among the spam, or check the address.',
  askAgain: 'Ask again',
  noMails: 'This server sends no mails. Ask whoever runs it for a new password.',
  backToSignIn: 'Back to sign in',
  newPassword: 'New password',
  resetNote: 'All your devices are signed out when you do this.',
  setPassword: 'Set the password',
  resetDone: 'Your password is a new one now',
  resetDoneLead: 'All your devices are signed out. Sign in with the new password.',
  resetPerhaps: 'Your password may be a new one already',
  resetPerhapsLead:
    'The server did not answer your first try, and the link is used up now. Try to sign in with the password that you chose then.',
  askAnother: 'Ask for another link',
  linkGone: 'This link does not work any more',
  linkGoneLead: 'It was used already, a newer one was sent, or it is too old. Ask for another:',

  verifyTitle: 'Confirm your e-mail address',
  verifying: 'Confirming your e-mail address…',
  verified: 'Your e-mail address is confirmed',
  verifiedLead: 'It is yours from now on, to sign in and to get back in.',
  verifyGoneLead:
    'It was used already, a newer one was sent, or it is too old. If you confirmed the address before, all is well.',
  verifyNone: 'Open the link in the mail that we sent you.',
  verifyTaken: 'This e-mail address has become that of another account.',
  goOn: 'Go on',

  confirmLine: (email: string) => `Confirm your e-mail address: we sent a link to ${email}.`,
  resend: 'Send it again',
  resent: 'Sent again.',
  tooManyMails: (time: string) => `We sent several mails. Look for them, or ask again in ${time}.`,
  later: 'Not now',
};
