package io.andon.ingest.gstreamer;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.UnknownHostException;

/**
 * Says what a plain connection to a camera meets. To {@code rtspsrc} a host that nobody knows, a
 * port that is closed and a network without a way are all the same "Generic error".
 */
final class TcpProbe {
  private static final int PATIENCE_MILLIS = 1_000;
  private static final int RTSP_PORT = 554;
  private static final int RTSPS_PORT = 322;

  private TcpProbe() {}

  /**
   * Tries for a second at most, and as long as this machine takes to look the name up.
   *
   * @param url an RTSP address with a host
   * @return what it met, without the address
   */
  static String of(String url) {
    URI uri = URI.create(url);
    int usual = url.startsWith("rtsps:") ? RTSPS_PORT : RTSP_PORT;
    int port = uri.getPort() < 0 ? usual : uri.getPort();
    return "TCP to port " + port + ": " + met(uri.getHost(), port);
  }

  private static String met(String host, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
      return "connects";
    } catch (UnknownHostException e) {
      return "no such host";
    } catch (IOException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
