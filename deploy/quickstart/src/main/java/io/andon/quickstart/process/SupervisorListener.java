package io.andon.quickstart.process;

/** Is told what happens to the children; called on the supervisor's threads. */
public interface SupervisorListener {
  /** Something to show: a start, a crash, a restart. */
  void progress(String message);

  /** The child runs again after a crash and is ready. */
  void restarted(String child);

  /** The child has crashed too often, or did not get ready again: the demo can't go on. */
  void gaveUp(String child, String why);
}
