package io.andon.bench.evaluate;

import io.andon.detection.DetectorScores.ChannelScore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Writes what was said of every frame, a file a set and number of shots. */
final class ScoresCsv {
  private final Path folder;

  /**
   * @param folder where the files go; it is made if it is missing
   */
  ScoresCsv(Path folder) {
    this.folder = folder;
  }

  void add(String set, String shots, List<ScoredFrame> frames) {
    try {
      Files.createDirectories(folder);
      Path file = folder.resolve(set.replaceAll("[^A-Za-z0-9._-]", "_") + "-" + shots + ".csv");
      try (PrintWriter out =
          new PrintWriter(Files.newBufferedWriter(file, StandardCharsets.UTF_8))) {
        out.print("set,clip,frame,split,label,score,state");
        ChannelColumns.names().forEach(name -> out.print("," + name + "_raw," + name + "_score"));
        out.println(",evidence");
        frames.forEach(frame -> line(out, set, frame));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void line(PrintWriter out, String set, ScoredFrame frame) {
    out.printf(
        Locale.ROOT,
        "%s,%s,%d,%s,%d,%.6g,%s",
        set,
        frame.clip(),
        frame.frame(),
        frame.test() ? "test" : "train",
        frame.anomalous() ? 1 : 0,
        frame.score(),
        frame.state());
    for (int channel = 0; channel < ChannelColumns.names().size(); channel++) {
      ChannelScore said = ChannelColumns.of(frame.scores(), channel);
      out.printf(Locale.ROOT, ",%.6g,%.6g", said.raw(), said.score());
    }
    out.printf(Locale.ROOT, ",%.6g%n", frame.scores().evidence());
  }
}
