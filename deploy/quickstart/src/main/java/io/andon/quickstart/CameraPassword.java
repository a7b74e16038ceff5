package io.andon.quickstart;

import java.io.Console;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the password of a user's camera comes from: the environment, else a prompt without echo.
 */
final class CameraPassword {
  private CameraPassword() {}

  /**
   * What ingest's environment gets on top of the inherited one.
   *
   * @param user the camera's user; empty if it takes none
   * @param console the terminal; null when there is none
   * @throws IllegalArgumentException if a password is needed and can't be asked for
   */
  static Map<String, String> environment(
      Optional<String> user, Map<String, String> own, @Nullable Console console) {
    if (user.isEmpty() || own.containsKey(WatchedCamera.PASSWORD_VARIABLE)) {
      return Map.of();
    }
    char[] typed =
        console == null ? null : console.readPassword("Password of the camera (not shown): ");
    if (typed == null) {
      throw new IllegalArgumentException(
          "the camera's user is given but no password: set "
              + WatchedCamera.PASSWORD_VARIABLE
              + ", or start it in a terminal to be asked");
    }
    return Map.of(WatchedCamera.PASSWORD_VARIABLE, new String(typed));
  }
}
