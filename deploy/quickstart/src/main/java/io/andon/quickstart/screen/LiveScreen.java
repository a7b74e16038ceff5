package io.andon.quickstart.screen;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/** A table that is redrawn in place, with the events scrolling away above it. */
final class LiveScreen implements Screen {
  private static final String UP_AND_CLEAR = "\u001b[1A\u001b[2K\r";
  // A line that wraps is two, of which erase() would leave one behind: what is too wide is cut off.
  private static final String NO_WRAP = "\u001b[?7l";
  private static final String WRAP = "\u001b[?7h";
  private static final int BAR_CELLS = 20;
  // The bar ends at twice the alarm level.
  private static final double BAR_FULL = 2.0;

  private final PrintStream output;
  private List<String> table = List.of();

  LiveScreen(PrintStream output) {
    this.output = output;
  }

  @Override
  public synchronized void status(String headline, List<CameraRow> cameras) {
    erase();
    List<String> lines = new ArrayList<>();
    lines.add(color("@|bold " + headline + "|@"));
    for (CameraRow row : cameras) {
      lines.add(text(row));
    }
    table = lines;
    draw();
  }

  @Override
  public boolean isGone() {
    return output.checkError();
  }

  @Override
  public Duration statusEvery() {
    return Duration.ofMillis(500);
  }

  @Override
  public synchronized void clearStatus() {
    erase();
    table = List.of();
  }

  @Override
  public synchronized void event(String line) {
    erase();
    output.println(line);
    draw();
  }

  private void erase() {
    output.print(UP_AND_CLEAR.repeat(table.size()));
  }

  private void draw() {
    if (!table.isEmpty()) {
      output.print(NO_WRAP);
      table.forEach(output::println);
      output.print(WRAP);
    }
    output.flush();
  }

  private static String text(CameraRow row) {
    if (row.isSilent()) {
      return color("  %-14s @|yellow %s|@".formatted(row.camera(), row.state()));
    }
    String style =
        switch (row.state()) {
          case "incident" -> "red";
          case "suspicious", "camera-fault" -> "yellow";
          case "normal" -> "green";
          default -> "faint";
        };
    return color(
        String.format(
            Locale.ROOT,
            "  %-14s %5.1f f/s  @|%s %s %5.2f  %-13s|@ %6.0f ms",
            row.camera(),
            row.framesPerSecond(),
            style,
            bar(row.score()),
            row.score(),
            row.state(),
            row.latencyMillis()));
  }

  static String bar(double score) {
    int filled = (int) Math.round(Math.min(1, Math.max(0, score / BAR_FULL)) * BAR_CELLS);
    return "#".repeat(filled) + ".".repeat(BAR_CELLS - filled);
  }

  private static String color(String markup) {
    return Ansi.ON.string(markup);
  }
}
