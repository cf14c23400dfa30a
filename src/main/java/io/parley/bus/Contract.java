package io.parley.bus;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything one {@code *Api} interface lets others ask or hear: its endpoints and topics, read off
 * its constants.
 */
public record Contract(String name, List<Endpoint<?, ?>> endpoints, List<Topic<?>> topics) {

  /** Reads the contract off the public constants of an interface. */
  public static Contract of(Class<?> api) {
    List<Endpoint<?, ?>> endpoints = new ArrayList<>();
    List<Topic<?>> topics = new ArrayList<>();
    for (Field field : api.getFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        continue;
      }
      if (field.getType() == Endpoint.class) {
        endpoints.add((Endpoint<?, ?>) read(field));
      } else if (field.getType() == Topic.class) {
        topics.add((Topic<?>) read(field));
      }
    }
    return new Contract(api.getSimpleName(), List.copyOf(endpoints), List.copyOf(topics));
  }

  /** Every record type that travels as a message of its own. */
  public List<Class<? extends Record>> messages() {
    List<Class<? extends Record>> messages = new ArrayList<>();
    for (Endpoint<?, ?> endpoint : endpoints) {
      messages.add(endpoint.request());
      messages.add(endpoint.response());
    }
    topics.forEach(topic -> messages.add(topic.message()));
    return List.copyOf(messages);
  }

  private static Object read(Field field) {
    try {
      return field.get(null);
    } catch (IllegalAccessException impossible) {
      throw new IllegalStateException(field + " must be public", impossible);
    }
  }
}
