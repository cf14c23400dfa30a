package io.parley.bus;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Carries records: by reference inside a process, as CBOR under an allow-listed tag between nodes.
 *
 * <p>The tag is {@code package.Record}; a tag that no contract names is refused, so no class name
 * ever comes from the wire. Readers ignore fields they do not know, so that neighbouring versions
 * understand each other.
 */
final class RecordCodec implements MessageCodec<Record, Record> {
  static final String NAME = "parley.record";

  private final ObjectMapper cbor;
  private final Map<String, Class<? extends Record>> types = new HashMap<>();

  RecordCodec(ObjectMapper cbor, Collection<Contract> contracts) {
    this.cbor = cbor;
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

  @Override
  public void encodeToWire(Buffer wire, Record message) {
    String tag = listed(message.getClass());
    byte[] name = tag.getBytes(StandardCharsets.US_ASCII);
    try {
      byte[] body = cbor.writeValueAsBytes(message);
      wire.appendByte((byte) name.length).appendBytes(name);
      wire.appendInt(body.length).appendBytes(body);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot encode " + tag, e);
    }
  }

  @Override
  public Record decodeFromWire(int position, Buffer wire) {
    int at = position;
    int length = wire.getUnsignedByte(at++);
    String tag = wire.getString(at, at + length, "US-ASCII");
    at += length;
    Class<? extends Record> type = types.get(tag);
    if (type == null) {
      throw new IllegalArgumentException("a message of an unknown type was refused");
    }
    int size = wire.getInt(at);
    at += Integer.BYTES;
    try {
      return cbor.readValue(wire.getBytes(at, at + size), type);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot decode " + tag, e);
    }
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
