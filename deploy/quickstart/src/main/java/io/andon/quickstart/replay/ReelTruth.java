package io.andon.quickstart.replay;

import io.andon.quickstart.scoreboard.Injection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What was injected into a reel, beside it on disk. */
final class ReelTruth {
  private ReelTruth() {}

  static void write(Path file, List<Injection> truth) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Injection i : truth) {
      lines.add(
          String.join(
              "\t",
              i.id(),
              i.camera(),
              i.kind(),
              Long.toString(i.startMicros()),
              Long.toString(i.endMicros())));
    }
    Files.write(file, lines);
  }

  static List<Injection> read(Path file) throws IOException {
    List<Injection> truth = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      List<String> field = List.of(line.split("\t", -1));
      truth.add(
          new Injection(
              field.get(0),
              field.get(1),
              field.get(2),
              Long.parseLong(field.get(3)),
              Long.parseLong(field.get(4))));
    }
    return truth;
  }
}
