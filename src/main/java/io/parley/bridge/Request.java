package io.parley.bridge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.parley.failure.Failure;
import io.parley.log.LogId;
import java.util.Optional;

/** What a client's frame asks for, once it is parsed; there is nothing else. */
sealed interface Request {

  /** The access token in the frame's headers. */
  default Optional<String> token() {
    return Optional.empty();
  }

  /** A sign of life that wants an answer. */
  record Ping() implements Request {}

  /** A command. */
  record Call(
      String address, Optional<String> replyAddress, ObjectNode body, Optional<String> token)
      implements Request {}

  /** Wants the entries of a log. */
  record Register(LogId log, Optional<String> cursor, Optional<String> token) implements Request {}

  /** Wants them no more. */
  record Unregister(LogId log, Optional<String> token) implements Request {}

  /**
   * Not a request.
   *
   * @param address what the refusal answers, where the frame said it
   * @param garbled whether it is not even JSON
   */
  record Refused(Optional<String> address, Failure failure, boolean garbled) implements Request {}
}
