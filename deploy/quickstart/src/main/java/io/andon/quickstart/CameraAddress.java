package io.andon.quickstart;

import io.andon.ingest.settings.CameraHost;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address of a user's camera; never holds a password.
 *
 * @param url an {@code rtsp} or {@code rtsps} address that ingest takes, without user information
 */
record CameraAddress(String url) {
  private static final Pattern RTSP = Pattern.compile("rtsps?://(?<authority>[^/?#]+).*");
  private static final Pattern UNWRITABLE = Pattern.compile("[\\s#]");

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException if it is no RTSP address, or holds a user or password; the
   *     message never shows the address, since it may hold one
   */
  static CameraAddress parse(String text) {
    Matcher rtsp = RTSP.matcher(text);
    if (!rtsp.matches()) {
      throw new IllegalArgumentException(
          "the camera's address must look like rtsp://host[:port]/path");
    }
    if (rtsp.group("authority").indexOf('@') >= 0) {
      throw new IllegalArgumentException(
          "the camera's address must not hold a user or password, since addresses end up in"
              + " process lists and logs; give CAMERA_USER=name, and the password in"
              + " ANDON_CAMERA_PASSWORD or at the prompt");
    }
    if (UNWRITABLE.matcher(text).find()) {
      throw new IllegalArgumentException(
          "the camera's address must hold no blank and no '#'; in its path they are written %20"
              + " and %23");
    }
    if (CameraHost.of(text).isEmpty()) {
      throw new IllegalArgumentException(
          "the camera's address has no host that can be used: give its IP address, or a name of"
              + " letters, digits, '.', '-' and '_', and a port from 1 to 65535 or none");
    }
    return new CameraAddress(text);
  }
}
