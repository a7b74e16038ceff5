package io.andon.quickstart.process;

import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * What a child JVM starts with: it runs another class's {@code main} and ends this JVM when the
 * supervisor is gone, however it went, so that no process outlives the demo.
 */
public final class Child {
  private static final long SHUTDOWN_SECONDS = 8;

  private Child() {}

  /** Arguments: the supervisor's process id, the class to run, its arguments. */
  public static void main(String[] args) throws ReflectiveOperationException {
    endWith(Long.parseLong(args[0]));
    String[] rest = Arrays.copyOfRange(args, 2, args.length);
    try {
      Class.forName(args[1]).getMethod("main", String[].class).invoke(null, (Object) rest);
    } catch (InvocationTargetException e) {
      e.printStackTrace();
      System.exit(1);
    }
  }

  private static void endWith(long supervisorPid) {
    Thread watch =
        new Thread(
            () -> {
              ProcessHandle.of(supervisorPid).ifPresent(handle -> handle.onExit().join());
              haltIfShutdownHangs();
              System.exit(0);
            },
            "supervisor-watch");
    watch.setDaemon(true);
    watch.start();
  }

  private static void haltIfShutdownHangs() {
    Thread halt =
        new Thread(
            () -> {
              try {
                TimeUnit.SECONDS.sleep(SHUTDOWN_SECONDS);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              Runtime.getRuntime().halt(1);
            },
            "shutdown-watch");
    halt.setDaemon(true);
    halt.start();
  }
}
