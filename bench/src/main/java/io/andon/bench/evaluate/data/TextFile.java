package io.andon.bench.evaluate.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A text file of labels, in UTF-8 with or without a byte order mark. */
final class TextFile {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private TextFile() {}

  /**
   * Its lines, the byte order mark not among them.
   *
   * @throws DataProblem if it can't be read, or naming the first line that is not UTF-8
   */
  static List<String> lines(Path file) throws DataProblem {
    String text = text(file);
    return text.startsWith(BYTE_ORDER_MARK)
        ? text.substring(BYTE_ORDER_MARK.length()).lines().toList()
        : text.lines().toList();
  }

  private static String text(Path file) throws DataProblem {
    ByteBuffer bytes = ByteBuffer.wrap(bytes(file));
    CharBuffer text = CharBuffer.allocate(bytes.remaining());
    CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    if (utf8.decode(bytes, text, true).isError()) {
      throw new DataProblem(
          String.format(
              "%s line %d: byte 0x%02x is not UTF-8; save the file in that encoding",
              file, lineAt(bytes), bytes.get(bytes.position())));
    }
    return text.flip().toString();
  }

  private static byte[] bytes(Path file) throws DataProblem {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new DataProblem(file + " can't be read: " + e);
    }
  }

  /** Number of the line in which a buffer stands, from 1. */
  private static int lineAt(ByteBuffer bytes) {
    int line = 1;
    for (int i = 0; i < bytes.position(); i++) {
      line += bytes.get(i) == '\n' ? 1 : 0;
    }
    return line;
  }
}
