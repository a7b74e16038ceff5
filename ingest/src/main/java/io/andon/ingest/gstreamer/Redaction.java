package io.andon.ingest.gstreamer;

import io.andon.config.Secret;
import io.andon.ingest.settings.CameraAddress;
import org.jspecify.annotations.Nullable;

/** Takes secrets out of texts that come from native code, and bounds their length. */
final class Redaction {
  private static final int MOST_CHARACTERS = 200;
  private static final String HIDDEN = "***";

  private final String url;
  private final @Nullable Secret password;

  Redaction(String url, @Nullable Secret password) {
    this.url = url;
    this.password = password;
  }

  /** The text without the password and without the address's query, at most 200 characters. */
  String apply(String text) {
    String clean = text.replace(url, CameraAddress.shown(url));
    int query = url.indexOf('?');
    if (query >= 0 && query + 1 < url.length()) {
      clean = clean.replace(url.substring(query + 1), HIDDEN);
    }
    if (password != null) {
      clean = clean.replace(password.reveal(), HIDDEN);
    }
    clean = clean.replaceAll("\\R", " ");
    return clean.length() <= MOST_CHARACTERS ? clean : clean.substring(0, MOST_CHARACTERS);
  }
}
