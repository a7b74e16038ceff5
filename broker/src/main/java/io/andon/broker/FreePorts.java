package io.andon.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports of loopback that nobody listens on just now, and that nobody is given by chance before they
 * are bound, or while what listens on one starts anew: they are below those that the system gives
 * to connections and to whoever asks for any port, and none is told twice.
 */
public final class FreePorts {
  private static final int FIRST = 22_000;
  private static final int COUNT = 10_000;
  // Another process begins elsewhere.
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

  private FreePorts() {}

  /**
   * Finds so many, no two alike.
   *
   * @throws IOException if there are not so many
   */
  public static List<Integer> take(int count) throws IOException {
    List<Integer> free = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      free.add(one());
    }
    return List.copyOf(free);
  }

  /**
   * Finds one.
   *
   * @throws IOException if there is none
   */
  public static int one() throws IOException {
    return takeRow(1);
  }

  /**
   * Finds so many in a row.
   *
   * @return the first of them
   * @throws IOException if there are not so many
   */
  public static int takeRow(int count) throws IOException {
    for (int tried = 0; tried < COUNT; tried += count) {
      int first = FIRST + Math.floorMod(NEXT.getAndAdd(count), COUNT);
      if (isFree(first, count)) {
        return first;
      }
    }
    throw new IOException("no " + count + " free ports in a row from " + FIRST + " on");
  }

  private static boolean isFree(int first, int count) {
    for (int port = first; port < first + count; port++) {
      try {
        new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
      } catch (IOException taken) {
        return false;
      }
    }
    return true;
  }
}
