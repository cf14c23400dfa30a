package io.parley.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.SecretKey;

/**
 * Keyed digests of what was sent, by which a repetition is told from another payload under the same
 * cid: the body, or the request that it was made of. The author's name is left out, since it may
 * change between two tries.
 */
final class Digests {
  private final Mac mac;

  Digests(SecretKey key) {
    try {
      mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has HMAC-SHA256", impossible);
    }
  }

  UUID of(Draft draft) {
    mac.update(draft.kind().getBytes(StandardCharsets.UTF_8));
    mac.update((byte) 0);
    mac.update((byte) (draft.countable() ? 1 : 0));
    mac.update(ByteBuffer.allocate(Long.BYTES).putLong(draft.target().orElse(0L)).array());
    String sent = draft.source().map(Draft.Source::request).orElse(draft.body());
    ByteBuffer digest = ByteBuffer.wrap(mac.doFinal(sent.getBytes(StandardCharsets.UTF_8)));
    return new UUID(digest.getLong(), digest.getLong());
  }
}
