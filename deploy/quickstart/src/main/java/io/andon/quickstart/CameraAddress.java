package io.andon.quickstart;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/**
 * The address of a user's camera; never holds a password.
 *
 * @param uri an {@code rtsp} or {@code rtsps} address with a host, without user information
 */
record CameraAddress(URI uri) {
  private static final Set<String> SCHEMES = Set.of("rtsp", "rtsps");
  private static final int HIGHEST_PORT = 65_535;

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException if it is no RTSP address, or holds a user or password; the
   *     message never shows the address, since it may hold one
   */
  static CameraAddress parse(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      // The cause would show the text.
      throw new IllegalArgumentException("the camera's address is not a valid address");
    }
    if (uri.getScheme() == null
        || !SCHEMES.contains(uri.getScheme())
        || uri.getRawAuthority() == null) {
      throw new IllegalArgumentException(
          "the camera's address must look like rtsp://host[:port]/path");
    }
    if (uri.getRawAuthority().indexOf('@') >= 0) {
      throw new IllegalArgumentException(
          "the camera's address must not hold a user or password, since addresses end up in"
              + " process lists and logs; give CAMERA_USER=name, and the password in"
              + " ANDON_CAMERA_PASSWORD or at the prompt");
    }
    if (uri.getHost() == null || uri.getPort() > HIGHEST_PORT) {
      throw new IllegalArgumentException(
          "the camera's address has no host that can be used; a host's name has letters, digits,"
              + " hyphens and dots, no underscore: give its IP address or another name, and no port"
              + " above 65535");
    }
    return new CameraAddress(uri);
  }
}
