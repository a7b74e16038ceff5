package io.andon.embedding.model;

import java.util.Locale;

/** The types of numbers that cross a model's boundary. */
public enum ElementType {
  UINT8,
  INT8,
  FLOAT32,
  BOOL;

  /** The name in a descriptor. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
