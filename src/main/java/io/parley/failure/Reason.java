package io.parley.failure;

/**
 * Every way a request can be refused, each with a number that never changes.
 *
 * <p>The number is what the bus and the bridge carry; a tenth of it is the HTTP status.
 */
public enum Reason {
  INVALID(4000),
  UNAUTHENTICATED(4010),
  TOKEN_EXPIRED(4011),
  SESSION_REVOKED(4012),
  FORBIDDEN(4030),
  NOT_MEMBER(4031),
  BANNED(4032),
  MUTED(4033),
  READ_ONLY(4034),
  NOT_FOUND(4040),
  CONFLICT(4090),
  CID_CONFLICT(4091),
  ALREADY_EXISTS(4092),
  GONE(4100),
  TOO_LARGE(4130),
  UNSUPPORTED_MEDIA(4150),
  MEDIA_REJECTED(4220),
  RATE_LIMITED(4290),
  SLOW_MODE(4291),
  INTERNAL(5000),
  UNAVAILABLE(5030),
  OVERLOADED(5031),
  DRAINING(5032),
  NOT_OWNER(5033),
  TIMEOUT(5040);

  private final int number;

  Reason(int number) {
    this.number = number;
  }

  /** The stable number, four digits. */
  public int number() {
    return number;
  }

  /** Whether the same request, with the same cid, may succeed when it is simply sent again. */
  public boolean retryable() {
    return number / 10 == 503 || this == TIMEOUT || this == RATE_LIMITED || this == SLOW_MODE;
  }
}
