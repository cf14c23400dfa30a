package io.parley.stores.embedded;

/** The embedded stores cannot be had; the message says why and what to do about it. */
public final class StoresException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public StoresException(String message) {
    super(message);
  }

  public StoresException(String message, Throwable cause) {
    super(message, cause);
  }
}
