package io.andon.contracts;

/** Text for people that may quote bytes of strangers: bounded, on one line, always valid UTF-8. */
public final class BoundedText {
  /** Longest text, in characters. */
  public static final int MAX_LENGTH = 500;

  private static final int MAX_QUOTED = 60;

  private BoundedText() {}

  /** The text, cut and with everything unprintable replaced by {@code ?}. */
  public static String of(String text) {
    return printable(text, MAX_LENGTH);
  }

  /** A stranger's value for use inside a message, cut to a few characters. */
  static String quoted(String text) {
    return "\"" + printable(text, MAX_QUOTED) + "\"";
  }

  private static String printable(String text, int maxLength) {
    int length = Math.min(text.length(), maxLength);
    StringBuilder result = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (i + 1 < length && Character.isSurrogatePair(c, text.charAt(i + 1))) {
        result.append(c).append(text.charAt(++i));
      } else {
        result.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
      }
    }
    return result.toString();
  }
}
