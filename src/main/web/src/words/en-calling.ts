/** What is said about being called away from other things, in English. */
export const calling = {
  title: 'Notifications',
  lead: 'What calls you away from other things.',
  everywhere: 'On all your devices',
  what: {
    all: 'All messages',
    mentions: 'Mentions and direct messages',
    nothing: 'Nothing',
  },
  whatHints: {
    all: 'Everything that is said in your rooms.',
    mentions: 'What names you or calls everybody, and what people write to you alone.',
    nothing: 'Rooms still show how much is unread.',
  },
  here: 'In this browser',
  desktop: 'Show notifications',
  desktopHint: 'Also while you are in another window. Not for the room that you are looking at.',
  turnOn: 'Turn on notifications',
  turnOnHint: 'Your browser asks you once.',
  denied:
    'Your browser keeps this page from showing notifications. Allow them in the settings of the browser for this page, then come back.',
  unsupported: 'This browser cannot show notifications.',
  sound: 'Play a sound',
  preview: 'Show what was written',
  previewHint: 'Otherwise only who wrote, for when others can see your screen.',
  resting: 'You are set to Do not disturb: nothing calls you until you change that.',
  from: (who: string, room: string) => `${who} in ${room}`,
  hidden: 'New message',
};
