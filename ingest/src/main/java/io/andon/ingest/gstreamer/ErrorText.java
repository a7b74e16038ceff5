package io.andon.ingest.gstreamer;

import java.util.List;

/**
 * What an element says of an error, in one text: its message is the same for whatever went wrong
 * with a connection, and only the debug text tells more.
 */
final class ErrorText {
  private ErrorText() {}

  /**
   * The message and the last line of the debug text; the lines before name source files and
   * elements.
   *
   * @param message for users
   * @param debug for developers, may be empty
   */
  static String of(String message, String debug) {
    List<String> lines = debug.strip().lines().toList();
    String last = lines.size() > 1 ? lines.get(lines.size() - 1).strip() : "";
    if (message.contains(last)) {
      return message;
    }
    return message + " " + last;
  }
}
