package io.andon.ingest.settings;

/** How a camera's pictures travel. */
public enum Transport {
  /** Inside the RTSP connection: ordered, passes firewalls. */
  TCP,
  /** Datagrams: losses damage pictures. */
  UDP,
  /** UDP where it works, else TCP. */
  AUTO
}
