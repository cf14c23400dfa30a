/** What is said of threads. */
export const threads = {
  thread: 'Thread',
  closeThread: 'Close the thread',
  replyInThread: 'Reply in thread',
  openThread: 'Show the thread',
  writeInThread: 'Reply in the thread',
  replies: (count: number) => (count === 1 ? '1 reply' : `${count} replies`),
  lastReply: (when: string) => `last ${when}`,
  noReplies: 'Nobody has replied yet.',
  earlierReplies: 'Show earlier replies',
  noSuchThread: 'There is no such thread for you.',
  threadClosed: 'What this thread begins with was deleted. Nothing can be added to it.',
};
