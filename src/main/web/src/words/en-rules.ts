import { searchRules } from './en-search';

/** The rules that fields have, by the server's names for them, in English. */
export const rules: Record<string, (limit: string) => string> = {
  ...searchRules,
  blank: () => 'This must not be empty.',
  long: (limit) => `This is too long: at most ${limit} characters.`,
  hidden: () => 'This has characters that nobody can see. Type it anew.',
  reserved: () => 'Accounts that were deleted go by this name. Choose another.',
  email: () => 'This is no e-mail address. They look like ana@example.org.',
  phone: () => 'This is no phone number with its country code, such as +49 30 1234567.',
  username: () => 'Usernames have letters, digits and . _ - only.',
  scripts: () => 'Use letters of one alphabet only, so that nobody takes you for somebody else.',
  marks: () => 'There are too many marks on one letter.',
  short: (limit) => `This is too short: it takes at least ${limit} characters.`,
  own: (limit) =>
    `This contains your name or address. Without that, at least ${limit} characters must be left.`,
  common: () => 'This is among the passwords that everybody tries. Choose another.',
  lastOwner: () => 'You are the only owner here. Make somebody else an owner first.',
  ask: () => 'People ask to be let into this room.',
  open: () => 'Nobody has to ask here. Join the room.',
  wrong: () => 'This is not your password.',
};
