package io.andon.ingest.gstreamer;

import io.andon.ingest.settings.CameraHost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * Says what a plain connection to a camera meets. To {@code rtspsrc} a host that nobody knows, a
 * port that is closed and a network without a way are all the same "Generic error".
 */
final class TcpProbe {
  private static final int PATIENCE_MILLIS = 1_000;
  private static final int RTSP_PORT = 554;
  private static final int RTSPS_PORT = 322;

  /** Names that are looked up at a time: look-ups can't be ended, and a machine's may take long. */
  private static final int MOST_LOOK_UPS = 8;

  private static final ExecutorService LOOK_UPS =
      new ThreadPoolExecutor(
          0, MOST_LOOK_UPS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(), TcpProbe::daemon);

  /** An address in figures, as hosts are given: nothing is to be looked up. */
  private static final Pattern FIGURES = Pattern.compile("\\[.*|[0-9.]+");

  private TcpProbe() {}

  /** Looks names up. */
  interface Names {
    /** The address of a host, however long that takes. */
    InetAddress lookUp(String host) throws UnknownHostException;
  }

  /**
   * Looks the name up and tries to connect, each for a second at most.
   *
   * @param url an RTSP address with a host
   * @return what it met, without the address
   */
  static String of(String url) {
    return of(url, InetAddress::getByName);
  }

  static String of(String url, Names names) {
    CameraHost host = CameraHost.of(url).orElseThrow();
    int usual = url.startsWith("rtsps:") ? RTSPS_PORT : RTSP_PORT;
    int port = host.port() < 0 ? usual : host.port();
    return "TCP to port " + port + ": " + met(host.name(), port, names);
  }

  private static String met(String host, int port, Names names) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address(host, names), port), PATIENCE_MILLIS);
      return "connects";
    } catch (UnknownHostException e) {
      return "no such host";
    } catch (RejectedExecutionException e) {
      return "its name was not looked up, since " + MOST_LOOK_UPS + " others are";
    } catch (TimeoutException e) {
      return "its name is not found within " + PATIENCE_MILLIS + " ms";
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "not tried";
    }
  }

  private static InetAddress address(String host, Names names)
      throws UnknownHostException, TimeoutException, InterruptedException {
    if (FIGURES.matcher(host).matches()) {
      return names.lookUp(host);
    }
    Future<InetAddress> found = LOOK_UPS.submit(() -> names.lookUp(host));
    try {
      return found.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new UnknownHostException();
    }
  }

  private static Thread daemon(Runnable lookUp) {
    Thread thread = new Thread(lookUp, "name-look-up");
    thread.setDaemon(true);
    return thread;
  }
}
