package io.andon.detection;

/** Checks of arguments whose messages name the field, the value and what is allowed. */
final class Require {
  private Require() {}

  static int between(String field, int value, int low, int high) {
    if (value < low || value > high) {
      throw new IllegalArgumentException(
          field + " is " + value + ", allowed: " + low + ".." + high);
    }
    return value;
  }

  static double between(String field, double value, double low, double high) {
    // Written so that NaN fails.
    if (!(value >= low && value <= high)) {
      throw new IllegalArgumentException(
          field + " is " + value + ", allowed: " + low + ".." + high);
    }
    return value;
  }

  static void length(String field, byte[] values, int expected, String meaning) {
    if (values.length != expected) {
      throw new IllegalArgumentException(
          field + " has " + values.length + " values, allowed: " + expected + " (" + meaning + ")");
    }
  }
}
