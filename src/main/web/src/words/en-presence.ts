/** What the app says about who is here; in English. */
export const presence = {
  states: {
    online: 'Online',
    away: 'Away',
    dnd: 'Do not disturb',
    invisible: 'Invisible',
    offline: 'Offline',
  },
  availability: 'How others see you',
  statusText: 'Status',
  statusHint: 'What are you up to?',
  statusClear: 'Clear status',
  statusFor: 'Clear after',
  statusTimes: { never: "Don't clear", hour: '1 hour', day: 'Today' },
  invisibleLead: 'Others are told that you are offline.',
  statusSaved: 'Your status is saved.',
};
