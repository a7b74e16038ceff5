package io.andon.ingest.settings;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a camera is connected to. Hosts may have underscores, as in Compose and hosts files, and
 * paths any character, which {@link java.net.URI} does not take.
 *
 * @param name name or address; an address of version 6 in brackets
 * @param port port, or -1 where the address gives none
 */
public record CameraHost(String name, int port) {
  private static final int MOST_PORT = 65_535;
  private static final Pattern ADDRESS =
      Pattern.compile(
          "rtsps?://(?<name>[A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+(%[A-Za-z0-9._-]+)?\\])(:(?<port>[0-9]{1,5}))?([/?].*)?");

  /**
   * The host of an address.
   *
   * @param url an RTSP address without user and password
   * @return empty if it has none that can be connected to
   */
  public static Optional<CameraHost> of(String url) {
    Matcher address = ADDRESS.matcher(url);
    if (!address.matches()) {
      return Optional.empty();
    }
    String port = address.group("port");
    int number = port == null ? -1 : Integer.parseInt(port);
    return number == 0 || number > MOST_PORT
        ? Optional.empty()
        : Optional.of(new CameraHost(address.group("name"), number));
  }
}
