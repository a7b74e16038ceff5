package io.andon.ingest.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Finds free ports of the loopback interface. */
public final class Ports {
  // Below those that the system gives to connections and to whoever asks for any port.
  private static final int FIRST = 22_000;
  private static final int COUNT = 10_000;
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

  private Ports() {}

  /**
   * A port that was free just now, and that nobody is given by chance until it is bound; each time
   * another.
   */
  public static int free() throws IOException {
    for (int tried = 0; tried < COUNT; tried++) {
      int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
      try {
        new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
        return port;
      } catch (IOException taken) {
        // then the next one
      }
    }
    throw new IOException("no free port from " + FIRST + " on");
  }
}
