package io.andon.detection.vector;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * HotSpot's limit of traps in a method and all that is inlined in it. Above it the compiler guesses
 * the classes of vectors no more, and puts vectors on the heap.
 */
final class TrapLimit {
  private static final String OPTION = "PerMethodTrapLimit";

  /** Forty operations in a method, each with more traps than a process was ever seen to meet. */
  private static final long ENOUGH = 1000;

  private TrapLimit() {}

  /** What to do about the limit of this JVM, as the end of a sentence; empty if it is enough. */
  static String hint() {
    try {
      HotSpotDiagnosticMXBean jvm =
          ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
      return hint(Long.parseLong(jvm.getVMOption(OPTION).getValue()));
    } catch (IllegalArgumentException e) {
      return ""; // another JVM, with limits of its own
    }
  }

  static String hint(long limit) {
    return limit >= ENOUGH
        ? ""
        : ", but -XX:" + OPTION + "=" + limit + " may put vectors on the heap: give 5000";
  }
}
