package io.andon.embedding.tensorflow;

import com.sun.jna.Library;
import com.sun.jna.Native;
import org.jspecify.annotations.Nullable;

/**
 * The environment as native code of this process sees it. Java's own view of it is a copy that is
 * taken at the start and never changes.
 */
final class ProcessEnvironment {
  private static final C LIBRARY = Native.load("c", C.class);

  private ProcessEnvironment() {}

  /** The part of the C library that is needed. */
  interface C extends Library {
    int setenv(String name, String value, int overwrite);

    @Nullable String getenv(String name);
  }

  /** Sets a variable that whoever started the process did not set. */
  static void setDefault(String name, String value) {
    if (LIBRARY.setenv(name, value, 0) != 0) {
      throw new IllegalStateException("the C library refuses to set " + name + " to " + value);
    }
  }

  /** The value of a variable, null where it has none. */
  static @Nullable String get(String name) {
    return LIBRARY.getenv(name);
  }
}
