package io.andon.bench.evaluate.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A text file of labels, in UTF-8 with or without a byte order mark. */
final class TextFile {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private TextFile() {}

  /** Its lines, the byte order mark not among them. */
  static List<String> lines(Path file) throws IOException {
    String text = Files.readString(file);
    return text.startsWith(BYTE_ORDER_MARK)
        ? text.substring(BYTE_ORDER_MARK.length()).lines().toList()
        : text.lines().toList();
  }
}
