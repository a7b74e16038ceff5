package io.andon.config.http;

import java.util.List;

/**
 * How long the JDK's HTTP server waits for a request and for its answer to be read, which is for
 * ever if not told otherwise: one client that stops would keep a thread.
 */
public final class HttpTimeLimits {
  private static final List<String> PROPERTIES =
      List.of("sun.net.httpserver.maxReqTime", "sun.net.httpserver.maxRspTime");

  private static final String SECONDS = "10";

  private HttpTimeLimits() {}

  /**
   * Sets 10 s for each, where whoever started the process set none; before the first server of the
   * process is made, which reads them once.
   */
  public static void setDefaults() {
    for (String property : PROPERTIES) {
      if (System.getProperty(property) == null) {
        System.setProperty(property, SECONDS);
      }
    }
  }
}
