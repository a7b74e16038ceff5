package io.andon.quickstart.process;

import java.util.concurrent.CountDownLatch;

/** A child for tests: {@code ready} gets ready and stays, {@code crash} ends with status 3. */
public final class SleepyChild {
  private SleepyChild() {}

  public static void main(String[] args) throws InterruptedException {
    System.out.println("READY");
    if (args[0].equals("crash")) {
      System.exit(3);
    }
    new CountDownLatch(1).await();
  }
}
