package io.andon.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.andon.quickstart.scoreboard.Injection;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Follows the file in which the simulation tells what it shows: a line when an anomaly becomes
 * visible, one with the same id when it has gone. Not safe for several threads.
 */
final class TruthFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private long readTo;

  TruthFile(Path file) {
    this.file = file;
  }

  /** Injections told since the last call; a line still being written waits for the next one. */
  List<Injection> news() throws IOException {
    if (!Files.exists(file)) {
      return List.of();
    }
    byte[] bytes;
    try (RandomAccessFile input = new RandomAccessFile(file.toFile(), "r")) {
      if (input.length() < readTo) {
        readTo = 0; // A restarted simulation began it anew.
      }
      bytes = new byte[(int) (input.length() - readTo)];
      input.seek(readTo);
      input.readFully(bytes);
    }
    int end = bytes.length;
    while (end > 0 && bytes[end - 1] != '\n') {
      end--;
    }
    readTo += end;
    List<Injection> injections = new ArrayList<>();
    for (String line : new String(bytes, 0, end, StandardCharsets.UTF_8).lines().toList()) {
      if (!line.isBlank()) {
        injections.add(injection(JSON.readTree(line)));
      }
    }
    return injections;
  }

  private static Injection injection(JsonNode line) {
    long start = line.required("start_us").longValue();
    return new Injection(
        // A restarted simulation counts its ids anew.
        line.required("id").textValue() + "@" + start,
        line.required("camera").textValue(),
        line.required("kind").textValue(),
        start,
        line.path("end_us").asLong(Injection.NOT_ENDED));
  }
}
