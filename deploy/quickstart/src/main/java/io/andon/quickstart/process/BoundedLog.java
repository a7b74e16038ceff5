package io.andon.quickstart.process;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A log file that never takes more than twice its bound: when full it is moved to {@code NAME.1},
 * over the one before. Not safe for several threads.
 */
final class BoundedLog implements AutoCloseable {
  private final Path file;
  private final long maxBytes;
  private BufferedWriter writer;
  private long bytes;

  BoundedLog(Path file, long maxBytes) throws IOException {
    this.file = file;
    this.maxBytes = maxBytes;
    this.bytes = Files.exists(file) ? Files.size(file) : 0;
    this.writer = open();
  }

  void line(String line) throws IOException {
    if (bytes > maxBytes) {
      rotate();
    }
    writer.write(line);
    writer.newLine();
    writer.flush();
    bytes += line.length() + 1;
  }

  private void rotate() throws IOException {
    writer.close();
    Path older = file.resolveSibling(file.getFileName() + ".1");
    Files.move(file, older, StandardCopyOption.REPLACE_EXISTING);
    bytes = 0;
    writer = open();
  }

  private BufferedWriter open() throws IOException {
    return Files.newBufferedWriter(
        file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
