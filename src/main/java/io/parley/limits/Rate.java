package io.parley.limits;

/** What is counted, and of whom. A name once given stays: it is part of what is stored. */
public enum Rate {
  /** Requests over REST from one address by those without a session. */
  REST_ANONYMOUS,
  /** Requests over REST by one user. */
  REST_USER,
  /** New accounts, and tries at them, from one address. */
  REGISTRATIONS,
  /** Messages, and changes of messages, by one user in all rooms. */
  USER_MESSAGES,
  /** The same by everybody. */
  ALL_MESSAGES,
  /** Searches by one user. */
  SEARCHES
}
