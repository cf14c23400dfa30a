package io.parley.bus;

import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Makes an example of any record: every component present, lists of two, values that follow from
 * their order only, so that the same record always gives the same example.
 */
final class Examples {
  private static final Instant START = Instant.parse("2026-11-21T02:30:00.123456Z");

  private int count;

  private Examples() {}

  static <T extends Record> T of(Class<T> type) {
    return type.cast(new Examples().record(type));
  }

  private Object value(String name, Type type) {
    if (type instanceof ParameterizedType generic) {
      return generic(name, (Class<?>) generic.getRawType(), generic.getActualTypeArguments());
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isRecord()) {
      return record(plain);
    }
    if (plain.isEnum()) {
      return Array.get(plain.getEnumConstants(), count++ % plain.getEnumConstants().length);
    }
    if (plain.isSealed()) {
      return value(name, plain.getPermittedSubclasses()[0]);
    }
    return simple(name, plain);
  }

  private Object generic(String name, Class<?> raw, Type[] arguments) {
    if (raw == Optional.class) {
      return Optional.of(value(name, arguments[0]));
    }
    if (raw == List.class) {
      return List.of(value(name, arguments[0]), value(name, arguments[0]));
    }
    if (raw == Set.class) {
      return Set.of(value(name, arguments[0]));
    }
    if (raw == Map.class) {
      Map<Object, Object> map = new LinkedHashMap<>();
      map.put(value(name, arguments[0]), value(name, arguments[1]));
      map.put(value(name, arguments[0]), value(name, arguments[1]));
      return map;
    }
    throw new IllegalArgumentException("no example of " + raw + " for " + name);
  }

  private Object simple(String name, Class<?> type) {
    int number = ++count;
    if (type == String.class) {
      return name + "-" + number;
    }
    if (type == long.class || type == Long.class) {
      return 1_000_000_000_000L + number;
    }
    if (type == int.class || type == Integer.class) {
      return number;
    }
    if (type == boolean.class || type == Boolean.class) {
      return true;
    }
    if (type == UUID.class) {
      return new UUID(0x0193_0000_0000_7000L, 0x8000_0000_0000_0000L + number);
    }
    if (type == Instant.class) {
      return START.plusSeconds(number);
    }
    if (type == Duration.class) {
      return Duration.ofMillis(number);
    }
    if (type == byte[].class) {
      return new byte[] {1, (byte) number, -1};
    }
    throw new IllegalArgumentException("no example of " + type + " for " + name);
  }

  private Object record(Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] values =
        Arrays.stream(components)
            .map(component -> value(component.getName(), component.getGenericType()))
            .toArray();
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("no example of " + type, e);
    }
  }
}
