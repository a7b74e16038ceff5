package io.andon.bench.figures;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What is still to be done when a process is told to end, the latest first and one after the other:
 * what runs in a folder has ended before the folder is deleted. The runtime's own hooks run all at
 * once. Safe for threads.
 */
public final class ExitActions {
  /** Those of this process; a hook of the runtime runs them. */
  public static final ExitActions OF_THIS_PROCESS = new ExitActions();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(OF_THIS_PROCESS::run, "andon-what-is-left-to-do"));
  }

  private final Deque<Registration> left = new ArrayDeque<>();
  private boolean ending;

  ExitActions() {}

  /** One action. */
  public final class Registration {
    private final Runnable action;
    private final boolean late;

    private Registration(Runnable action, boolean late) {
      this.action = action;
      this.late = late;
    }

    /** Whether the process had begun to end before, so that it is never run. */
    public boolean isLate() {
      return late;
    }

    /**
     * Takes it back.
     *
     * @return whether the caller is to do what is to be done: false once the process ends
     */
    public boolean withdraw() {
      synchronized (ExitActions.this) {
        if (!ending) {
          left.remove(this);
        }
        return !ending;
      }
    }
  }

  /** Adds one; once the process ends it is not run any more. */
  public synchronized Registration add(Runnable action) {
    Registration added = new Registration(action, ending);
    if (!ending) {
      left.push(added);
    }
    return added;
  }

  void run() {
    for (Registration next = next(); next != null; next = next()) {
      try {
        next.action.run();
      } catch (RuntimeException e) {
        System.err.println("not all that was left to do at the end is done: " + e);
      }
    }
  }

  private synchronized @Nullable Registration next() {
    ending = true;
    return left.poll();
  }
}
