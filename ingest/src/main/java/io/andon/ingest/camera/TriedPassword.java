package io.andon.ingest.camera;

import io.andon.config.ConfigException;
import io.andon.config.Secret;
import io.andon.ingest.settings.CameraConfig;
import io.andon.ingest.settings.Credentials;
import org.jspecify.annotations.Nullable;

/** Knows whether a camera's password is still the one that was tried last. Used by one thread. */
final class TriedPassword {
  private final @Nullable Credentials credentials;
  private @Nullable Secret tried;

  TriedPassword(CameraConfig camera) {
    credentials = camera.credentials();
  }

  /** The password that can be read now is going to be tried. */
  void trying() {
    tried = current();
  }

  /** Whether another one can be read now. */
  boolean isChanged() {
    Secret now = current();
    return now != null && (tried == null || !now.reveal().equals(tried.reveal()));
  }

  private @Nullable Secret current() {
    try {
      return credentials == null ? null : credentials.password().resolve("credentials.password");
    } catch (ConfigException e) {
      return null; // being written, perhaps
    }
  }
}
