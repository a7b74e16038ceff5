package io.andon.quickstart.screen;

import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Help.Ansi;

/** What the user sees while the demo runs. Safe for several threads. */
public interface Screen {
  /** How things stand now. */
  void status(String headline, List<CameraRow> cameras);

  /** How often the status is worth showing anew. */
  Duration statusEvery();

  /** Takes away the status: it is no longer true. */
  void clearStatus();

  /** Something that happened: stays on the screen. */
  void event(String line);

  /** Whether nobody can see it any more: the terminal was closed, or who read a pipe has ended. */
  boolean isGone();

  /** The table where standard output is a terminal, plain lines elsewhere. */
  static Screen forThisTerminal() {
    boolean terminal = Ansi.AUTO.enabled() && !"dumb".equals(System.getenv("TERM"));
    return terminal ? new LiveScreen(System.out) : new LineScreen(System.out);
  }
}
