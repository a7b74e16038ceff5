package io.andon.quickstart;

import io.andon.quickstart.process.ChildProcess;
import io.andon.quickstart.process.ResidentMemory;
import io.andon.quickstart.process.Supervisor;
import java.util.List;

/** How much memory each process of the demo holds. */
final class Memory {
  private Memory() {}

  /** One line for all processes, where the system tells. */
  static String line(Supervisor supervisor) {
    StringBuilder text = new StringBuilder("memory        ");
    long total = append(text, "supervisor", ProcessHandle.current().pid());
    for (String part : List.of(Parts.JOB, Parts.INGEST, Parts.SIMULATOR)) {
      total +=
          supervisor.child(part).map(ChildProcess::pid).map(p -> append(text, part, p)).orElse(0L);
    }
    return text.append("all ").append(total).append(" MiB").toString();
  }

  private static long append(StringBuilder text, String part, long pid) {
    long mebibytes = ResidentMemory.mebibytes(pid).orElse(0);
    text.append(part).append(' ').append(mebibytes).append(" MiB, ");
    return mebibytes;
  }
}
