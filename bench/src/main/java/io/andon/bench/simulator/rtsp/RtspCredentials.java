package io.andon.bench.simulator.rtsp;

/**
 * What a client must know to see the cameras.
 *
 * @param user user name, not empty
 * @param password password, not empty; never shown by {@link #toString()}
 */
public record RtspCredentials(String user, String password) {
  /** Refuses empty parts. */
  public RtspCredentials {
    if (user.isEmpty()) {
      throw new IllegalArgumentException("user: must not be empty");
    }
    if (password.isEmpty()) {
      throw new IllegalArgumentException("password: must not be empty");
    }
  }

  @Override
  public String toString() {
    return "RtspCredentials[user=" + user + ", password=***]";
  }
}
