package io.andon.config;

import java.util.List;

/**
 * A configuration that knows rules between its own values, which a schema can't express. {@link
 * ConfigLoader} asks it after everything else held.
 */
public interface SelfChecked {
  /** Every problem; empty where all is well. Keys are paths like {@code cameras[2].id}. */
  List<ConfigException.Problem> problems();
}
