package io.andon.contracts;

/** The bounds that every record keeps, checked where it is made. */
final class Bounds {
  /** The last microsecond of the year 9999, since the epoch: RFC 3339 has four digits a year. */
  static final long MAX_MICROS = 253_402_300_799_999_999L;

  static final int MAX_TOPIC = 249;
  static final int MAX_ID = 128;
  static final int MAX_SPACE = 256;

  private Bounds() {}

  static long within(String name, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          name + " is " + value + ", allowed is " + min + " to " + max);
    }
    return value;
  }

  static long micros(String name, long value) {
    return within(name, value, 0, MAX_MICROS);
  }

  static double within(String name, double value, double min, double max) {
    if (!(value >= min && value <= max)) {
      throw new IllegalArgumentException(
          name + " is " + value + ", allowed is " + min + " to " + max);
    }
    return value;
  }

  static double notNaN(String name, double value) {
    if (Double.isNaN(value)) {
      throw new IllegalArgumentException(name + " is NaN, allowed is a number");
    }
    return value;
  }

  static String text(String name, String value, int maxLength) {
    if (value.isEmpty() || value.length() > maxLength) {
      throw new IllegalArgumentException(
          name + " has " + value.length() + " characters, allowed is 1 to " + maxLength);
    }
    return value;
  }

  static void same(String name, Object value, Object expected) {
    if (!value.equals(expected)) {
      throw new IllegalArgumentException(name + " is " + value + ", must be " + expected);
    }
  }
}
