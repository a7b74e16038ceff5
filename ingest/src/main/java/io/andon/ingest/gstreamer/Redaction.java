package io.andon.ingest.gstreamer;

import io.andon.config.Secret;
import io.andon.ingest.settings.CameraAddress;
import org.jspecify.annotations.Nullable;

/** Takes secrets out of texts that come from native code, and bounds their length. */
final class Redaction {
  private static final int MOST_CHARACTERS = 300;
  private static final String HIDDEN = "***";

  private final String url;
  private final @Nullable Secret password;

  Redaction(String url, @Nullable Secret password) {
    this.url = url;
    this.password = password;
  }

  /** The text without the password and what of the address is not shown, on one line, bounded. */
  String apply(String text) {
    String clean = text.replace(url, CameraAddress.shown(url));
    for (String part : CameraAddress.hidden(url)) {
      clean = clean.replace(part, HIDDEN);
    }
    if (password != null) {
      clean = clean.replace(password.reveal(), HIDDEN);
    }
    clean = clean.replaceAll("\\R", " ");
    return clean.length() <= MOST_CHARACTERS ? clean : clean.substring(0, MOST_CHARACTERS);
  }
}
