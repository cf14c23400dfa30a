package io.parley.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Something that can be set: a component of the configuration's records that is no record itself.
 *
 * @param path such as {@code node.logFormat}
 */
record ConfigKey(String path, RecordComponent component) {
  private static final String PREFIX = "PARLEY_";

  /** Every key there is, in the order of the records. */
  static final List<ConfigKey> ALL = below("", Config.class);

  /** The variable that sets it, such as {@code PARLEY_NODE_LOG_FORMAT}. */
  String variable() {
    return PREFIX
        + path.replaceAll("([a-z0-9])([A-Z])", "$1_$2").replace('.', '_').toUpperCase(Locale.ROOT);
  }

  boolean secret() {
    return secret(component);
  }

  /** Whether it is a secret, or a list of them. */
  static boolean secret(RecordComponent component) {
    return component.getType() == Secret.class
        || (component.getGenericType() instanceof ParameterizedType list
            && list.getActualTypeArguments()[0] == Secret.class);
  }

  static String join(String section, String name) {
    return section.isEmpty() ? name : section + "." + name;
  }

  private static List<ConfigKey> below(String section, Class<?> type) {
    List<ConfigKey> keys = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      String path = join(section, component.getName());
      if (isSection(component)) {
        keys.addAll(below(path, component.getType()));
      } else {
        keys.add(new ConfigKey(path, component));
      }
    }
    return List.copyOf(keys);
  }

  /** Records are sections, but for those that are written as one text. */
  static boolean isSection(RecordComponent component) {
    Class<?> type = component.getType();
    return type.isRecord() && type != Secret.class && type != ByteSize.class;
  }
}
