package io.andon.config;

/** Writes the path of a setting as people do: {@code cameras[2].fps}. */
final class KeyPath {
  private KeyPath() {}

  static String key(String parent, String name) {
    return parent.isEmpty() ? name : parent + "." + name;
  }

  static String index(String parent, int index) {
    return parent + "[" + index + "]";
  }
}
