package io.parley.config;

import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes records of settings. A value that does not fit is reported and replaced by its default, so
 * that all errors come to light in one go.
 */
final class ConfigBinder {
  private final Map<String, Setting> settings;
  private final Map<String, Setting> defaults;
  private final List<ConfigProblem> problems;

  ConfigBinder(
      Map<String, Setting> settings, Map<String, Setting> defaults, List<ConfigProblem> problems) {
    this.settings = settings;
    this.defaults = defaults;
    this.problems = problems;
  }

  Config bind() {
    return (Config) section("", Config.class);
  }

  private Object section(String section, Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types = new Class<?>[components.length];
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      String path = ConfigKey.join(section, components[i].getName());
      types[i] = components[i].getType();
      values[i] =
          ConfigKey.isSection(components[i]) ? section(path, types[i]) : leaf(path, components[i]);
    }
    try {
      return type.getDeclaredConstructor(types).newInstance(values);
    } catch (InvocationTargetException refused) {
      throw new IllegalStateException(type + " refuses its values", refused.getCause());
    } catch (ReflectiveOperationException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private Object leaf(String path, RecordComponent component) {
    Setting fallback = defaults.get(path);
    if (fallback == null) {
      throw new IllegalStateException("conf/parley.yaml lacks " + path);
    }
    Setting setting = settings.getOrDefault(path, fallback);
    try {
      return value(setting, component);
    } catch (IllegalArgumentException wrong) {
      problems.add(new ConfigProblem(path, describe(setting, component, wrong)));
      return value(fallback, component);
    }
  }

  private static String describe(
      Setting setting, RecordComponent component, IllegalArgumentException wrong) {
    String shown = ConfigKey.secret(component) ? "" : ", not '" + setting.text() + "'";
    return wrong.getMessage() + shown + " (" + setting.source().name() + ")";
  }

  private static Object value(Setting setting, RecordComponent component) {
    Class<?> type = component.getType();
    if (type == List.class) {
      return list(setting, component);
    }
    if (setting.list()) {
      throw new IllegalArgumentException("expects a single value, no list");
    }
    String text = setting.text();
    if (type == String.class) {
      return oneOf(text, component);
    } else if (type == Secret.class) {
      return new Secret(text);
    } else if (type == boolean.class) {
      return truth(text);
    } else if (type == int.class) {
      return Math.toIntExact(number(text, component, Integer.MAX_VALUE));
    } else if (type == long.class) {
      return number(text, component, Long.MAX_VALUE);
    } else if (type == Duration.class) {
      Duration duration = Durations.parse(text);
      return annotation(component, Range.class) == null ? positive(duration) : duration;
    } else if (type == ByteSize.class) {
      return positive(ByteSize.parse(text));
    } else if (type == Path.class) {
      return path(text);
    }
    throw new IllegalStateException(component + " has a type that cannot be configured");
  }

  private static List<?> list(Setting setting, RecordComponent component) {
    List<String> items = setting.items();
    items.forEach(item -> oneOf(item, component));
    if (items.stream().distinct().count() < items.size()) {
      throw new IllegalArgumentException("must not name anything twice");
    }
    return ConfigKey.secret(component) ? items.stream().map(Secret::new).toList() : items;
  }

  private static String oneOf(String text, RecordComponent component) {
    OneOf choice = annotation(component, OneOf.class);
    if (choice != null && !List.of(choice.value()).contains(text)) {
      String known = String.join(", ", choice.value());
      throw new IllegalArgumentException(
          (component.getType() == List.class ? "expects any of " : "expects one of ") + known);
    }
    return text;
  }

  private static boolean truth(String text) {
    if (text.equals("true") || text.equals("false")) {
      return text.equals("true");
    }
    throw new IllegalArgumentException("expects true or false");
  }

  private static long number(String text, RecordComponent component, long greatest) {
    Range range = annotation(component, Range.class);
    long min = range == null ? 0 : range.min();
    long max = range == null ? greatest : Math.min(greatest, range.max());
    String expected =
        max == greatest
            ? "expects a whole number from " + min
            : "expects a whole number from " + min + " to " + max;
    try {
      long number = Long.parseLong(text.strip());
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException notNumber) {
      throw new IllegalArgumentException(expected, notNumber);
    }
    throw new IllegalArgumentException(expected);
  }

  private static Duration positive(Duration duration) {
    if (duration.isZero()) {
      throw new IllegalArgumentException("must be more than nothing");
    }
    return duration;
  }

  private static ByteSize positive(ByteSize size) {
    if (size.bytes() == 0) {
      throw new IllegalArgumentException("must be more than nothing");
    }
    return size;
  }

  private static Path path(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("expects the name of a directory or file");
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException invalid) {
      throw new IllegalArgumentException("expects the name of a directory or file", invalid);
    }
  }

  private static <A extends Annotation> @Nullable A annotation(
      RecordComponent component, Class<A> type) {
    return component.getAnnotation(type);
  }
}
