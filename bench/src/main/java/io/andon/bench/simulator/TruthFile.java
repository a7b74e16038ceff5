package io.andon.bench.simulator;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;

/**
 * The truth as JSON lines: one line when an anomaly becomes visible (no {@code end_us}), one with
 * the same id when it has gone. Safe for use by several threads.
 */
final class TruthFile implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final Writer writer;

  TruthFile(Path file) throws IOException {
    writer = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  synchronized void write(Injection injection) {
    ObjectNode line = JSON.createObjectNode();
    line.put("v", 1);
    line.put("id", injection.id());
    line.put("camera", injection.camera());
    line.put("kind", injection.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
    line.put("start_us", injection.startMicros());
    injection.endMicros().ifPresent(end -> line.put("end_us", end));
    Box box = injection.box();
    line.putObject("box")
        .put("x", box.x())
        .put("y", box.y())
        .put("width", box.width())
        .put("height", box.height());
    try {
      writer.write(line + "\n");
      writer.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("the truth file can't be written", e);
    }
  }

  @Override
  public synchronized void close() throws IOException {
    writer.close();
  }
}
