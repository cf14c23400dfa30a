package io.parley.bus;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries records: by reference inside a process, as CBOR under an allow-listed tag between nodes.
 *
 * <p>The tag is {@code package.Record}; a tag that no contract names is refused, so no class name
 * ever comes from the wire. Readers ignore fields they do not know, so that neighbouring versions
 * understand each other.
 */
final class RecordCodec implements MessageCodec<Record, Record> {
  static final String NAME = "parley.record";

  private static final Logger LOG = LoggerFactory.getLogger(RecordCodec.class);

  /** The tag of a message that its sender could not encode; no type has it. */
  private static final String UNSENT = "";

  private final ObjectMapper cbor;
  private final BusMetrics metrics;
  private final Map<String, Class<? extends Record>> types = new HashMap<>();

  RecordCodec(ObjectMapper cbor, Collection<Contract> contracts, BusMetrics metrics) {
    this.cbor = cbor;
    this.metrics = metrics;
    for (Contract contract : contracts) {
      contract.messages().forEach(this::list);
    }
  }

  private void list(Class<? extends Record> type) {
    Class<?> other = types.putIfAbsent(tag(type), type);
    if (other != null && other != type) {
      throw new IllegalArgumentException(type + " and " + other + " are both " + tag(type));
    }
  }

  /** The tag of a record that a contract names; anything else is a mistake of the caller. */
  String listed(Class<?> type) {
    String tag = tag(type);
    if (types.get(tag) != type) {
      throw new IllegalArgumentException("no contract names " + type);
    }
    return tag;
  }

  static String tag(Class<?> type) {
    String home = type.getPackageName();
    return home.substring(home.lastIndexOf('.') + 1) + "." + type.getSimpleName();
  }

  /**
   * Called once for each node that a message goes to. Never throws, since that would take other
   * messages of the same connection with it.
   */
  @Override
  public void encodeToWire(Buffer wire, Record message) {
    String tag = UNSENT;
    byte[] body = {};
    try {
      tag = listed(message.getClass());
      body = cbor.writeValueAsBytes(message);
    } catch (IOException | RuntimeException mistake) {
      LOG.error("{} cannot be sent", message.getClass().getName(), mistake);
    }
    byte[] name = tag.getBytes(StandardCharsets.US_ASCII);
    wire.appendUnsignedByte((short) name.length).appendBytes(name);
    wire.appendInt(body.length).appendBytes(body);
    metrics.sent(tag, wire.length());
  }

  /** Never throws: what cannot be read becomes {@link Unreadable}. */
  @Override
  public Record decodeFromWire(int position, Buffer wire) {
    try {
      return decode(position, wire);
    } catch (IOException | RuntimeException broken) {
      // Without the message of the exception: it quotes what was sent.
      return new Unreadable(broken.getClass().getName());
    }
  }

  private Record decode(int position, Buffer wire) throws IOException {
    int at = position;
    int length = wire.getUnsignedByte(at++);
    String tag = wire.getString(at, at + length, "US-ASCII");
    at += length;
    Class<? extends Record> type = types.get(tag);
    if (type == null) {
      return new Unreadable("a type that no contract names");
    }
    int size = wire.getInt(at);
    at += Integer.BYTES;
    Record message = cbor.readValue(wire.getBytes(at, at + size), type);
    return message == null ? new Unreadable("nothing") : message;
  }

  @Override
  public Record transform(Record message) {
    listed(message.getClass());
    return message;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public byte systemCodecID() {
    return -1;
  }
}
