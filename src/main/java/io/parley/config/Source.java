package io.parley.config;

/**
 * Where a setting comes from.
 *
 * @param layer the kind of source; a later one overrules an earlier one
 * @param name for people: a file and line, a variable, a flag
 */
public record Source(Layer layer, String name) {
  /** The kinds of sources, from the weakest to the strongest. */
  public enum Layer {
    DEFAULT,
    IMPLIED,
    FILE,
    ALIAS,
    ENVIRONMENT,
    FLAG
  }

  /** Whether somebody asked for this, as opposed to it being so unless told otherwise. */
  public boolean explicit() {
    return layer.compareTo(Layer.IMPLIED) > 0;
  }
}
