package io.parley.config;

/**
 * One thing that is wrong with the configuration.
 *
 * @param path the key, or what stands in for it when there is none: a file, a variable
 * @param message what is wrong and what is expected; never a secret's value
 */
public record ConfigProblem(String path, String message) {
  @Override
  public String toString() {
    return path + ": " + message;
  }
}
