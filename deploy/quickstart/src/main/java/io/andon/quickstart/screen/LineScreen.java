package io.andon.quickstart.screen;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Plain lines, for logs and pipes. */
final class LineScreen implements Screen {
  private final PrintStream output;

  LineScreen(PrintStream output) {
    this.output = output;
  }

  @Override
  public synchronized void status(String headline, List<CameraRow> cameras) {
    String rows = cameras.stream().map(LineScreen::text).collect(Collectors.joining(" | "));
    output.println(rows.isEmpty() ? headline : headline + " | " + rows);
  }

  @Override
  public boolean isGone() {
    return output.checkError();
  }

  @Override
  public Duration statusEvery() {
    return Duration.ofSeconds(5);
  }

  @Override
  public void clearStatus() {
    // What was printed stays.
  }

  @Override
  public synchronized void event(String line) {
    output.println(line);
  }

  private static String text(CameraRow row) {
    if (row.isSilent()) {
      return row.camera() + " " + row.state();
    }
    return String.format(
        Locale.ROOT,
        "%s %.1f f/s score %.2f %s %.0f ms",
        row.camera(),
        row.framesPerSecond(),
        row.score(),
        row.state(),
        row.latencyMillis());
  }
}
