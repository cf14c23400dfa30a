const plurals = new Intl.PluralRules('en');

function count(n: number, one: string, other: string): string {
  return `${n.toLocaleString('en')} ${plurals.select(n) === 'one' ? one : other}`;
}

/** Of who has read what, and who is mentioned. */
export const reading = {
  fate: {
    title: 'Who has read this',
    sent: 'Sent',
    delivered: 'Delivered',
    deliveredTo: (n: number) => `Delivered to ${count(n, 'person', 'people')}`,
    read: 'Read',
    readByAll: 'Read by everybody',
    readBy: (n: number) => `Read by ${count(n, 'person', 'people')}`,
  },
  markUnread: 'Mark unread from here',
  markedUnread: 'Marked unread from there on.',
  notMarked: 'That could not be marked just now. Try again.',
  mentionsYou: 'Mentions you:',
  jumpUnread: 'First unread',
  jumpMention: (n: number) => count(n, 'mention', 'mentions'),
  everybodyWord: 'room',
  everybody: 'Everybody in this room',
  suggestions: 'People to mention',
  suggested: (n: number) => count(n, 'suggestion', 'suggestions'),
};
