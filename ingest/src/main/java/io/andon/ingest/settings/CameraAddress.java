package io.andon.ingest.settings;

import java.net.URI;
import java.net.URISyntaxException;

/** What of a camera's address may be shown. */
public final class CameraAddress {
  private CameraAddress() {}

  /**
   * The address without its query, in which some cameras take a token or a password.
   *
   * @param url an RTSP address
   */
  public static String shown(String url) {
    int query = url.indexOf('?');
    return query < 0 ? url : url.substring(0, query) + "?...";
  }

  /** Whether the address has a host and a port that can be connected to. */
  static boolean isUsable(String url) {
    try {
      URI uri = new URI(url);
      return uri.getHost() != null && uri.getUserInfo() == null && uri.getPort() <= 65535;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
