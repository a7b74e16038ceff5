package io.andon.quickstart.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Tells whether a running child has finished starting. */
@FunctionalInterface
public interface Readiness {
  /** Asked a few times a second while the child starts. */
  boolean isReady(ChildProcess child) throws InterruptedException;

  /** Ready once the child has printed a line that starts with {@code READY}. */
  static Readiness readyLine() {
    return ChildProcess::printedReady;
  }

  /** Ready once a GET of the address answers 200. */
  static Readiness http(URI address) {
    HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
    HttpRequest request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(2)).build();
    return child -> {
      try {
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
      } catch (IOException notListeningYet) {
        return false;
      }
    };
  }
}
