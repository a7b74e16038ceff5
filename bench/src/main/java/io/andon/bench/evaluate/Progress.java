package io.andon.bench.evaluate;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Tells on the terminal what is going on. */
final class Progress {
  private final PrintStream out;
  private final LongSupplier nanos;
  private final long started;

  /**
   * @param nanos a clock, nanoseconds
   */
  Progress(PrintStream out, LongSupplier nanos) {
    this.out = out;
    this.nanos = nanos;
    started = nanos.getAsLong();
  }

  /** What is done now. */
  void step(String set, String doing) {
    double seconds = (nanos.getAsLong() - started) / 1e9;
    out.printf(Locale.ROOT, "[%6.1f s] %s: %s%n", seconds, set, doing);
  }

  /** What is left out, and why. */
  void note(String text) {
    out.println("note: " + text);
  }
}
