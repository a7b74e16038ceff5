package io.andon.contracts;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The bytes of every record that was ever written, a file each: topic, key, headers, an empty line,
 * the value. A file once released never changes; a new version adds files.
 */
final class GoldenFiles {
  static final Path FOLDER = Path.of("src/test/resources/golden");

  private GoldenFiles() {}

  /** Writes the files that are missing, never one that is there. Run from the module's folder. */
  public static void main(String[] args) throws IOException {
    for (Map.Entry<String, EncodedRecord> example : Examples.all().entrySet()) {
      Path file = file(example.getKey());
      if (!Files.exists(file)) {
        Files.writeString(file, text(example.getValue()));
      }
    }
  }

  /** The file of an example; its name tells the version that the record was written with. */
  static Path file(String example) {
    return FOLDER.resolve(example + (example.equals("frame-same-as") ? ".v2.txt" : ".v1.txt"));
  }

  static String text(EncodedRecord record) {
    StringBuilder text = new StringBuilder("topic: ").append(record.topic());
    text.append("\nkey: ").append(new String(record.key(), StandardCharsets.UTF_8));
    for (WireHeader header : record.headers()) {
      text.append("\nheader ").append(header.name()).append(": ").append(header.text());
    }
    return text.append("\n\n")
        .append(new String(record.value(), StandardCharsets.UTF_8))
        .append('\n')
        .toString();
  }

  static EncodedRecord read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<WireHeader> headers = new ArrayList<>();
    String topic = "";
    String key = "";
    for (String line : lines.subList(0, lines.indexOf(""))) {
      String[] parts = line.split(": ", 2);
      switch (parts[0]) {
        case "topic" -> topic = parts[1];
        case "key" -> key = parts[1];
        default -> headers.add(WireHeader.of(parts[0].substring("header ".length()), parts[1]));
      }
    }
    String value = lines.get(lines.size() - 1);
    return new EncodedRecord(
        topic,
        key.getBytes(StandardCharsets.UTF_8),
        value.getBytes(StandardCharsets.UTF_8),
        headers);
  }

  static List<Path> all() throws IOException {
    try (var files = Files.list(FOLDER)) {
      return files.sorted().toList();
    }
  }
}
