package io.parley.stores.redis;

import io.parley.failure.Failure;
import io.parley.failure.Reason;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * One atomic operation in Lua, sent by its hash; a server that does not know it is sent all of it.
 * Keys and arguments go as bytes with their lengths, so nothing in them means anything to Redis.
 */
final class RedisScript {
  private final String text;
  private final String hash;

  RedisScript(String text) {
    this.text = text;
    this.hash = sha1(text);
  }

  /**
   * Runs it. Fails as {@link RedisLink#send}.
   *
   * @param keys all of one hash tag
   */
  Future<Response> run(RedisLink link, List<String> keys, List<String> arguments) {
    return link.send(request(Command.EVALSHA, hash, keys, arguments))
        .recover(
            cause ->
                cause instanceof ErrorType error && error.is("NOSCRIPT")
                    ? link.send(request(Command.EVAL, text, keys, arguments))
                    : Future.failedFuture(cause))
        .recover(RedisScript::refused)
        .map(Optional::orElseThrow);
  }

  /** Such as while it reads its files, or as it is a replica. */
  private static <T> Future<T> refused(Throwable cause) {
    return Future.failedFuture(
        cause instanceof ErrorType
            ? Failure.of(Reason.UNAVAILABLE, "Redis refuses: " + cause.getMessage())
            : cause);
  }

  private static Request request(
      Command command, String script, List<String> keys, List<String> arguments) {
    Request request = Request.cmd(command).arg(script).arg(keys.size());
    keys.forEach(key -> request.arg(Buffer.buffer(key)));
    arguments.forEach(argument -> request.arg(Buffer.buffer(argument)));
    return request;
  }

  // SHA-1 is what Redis names scripts by; nothing is kept safe by it.
  private static String sha1(String text) {
    try {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
