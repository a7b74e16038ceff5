package io.andon.kafka;

import io.andon.config.ConfigException;
import io.andon.config.ConfigException.Problem;
import io.andon.config.SecretRef;
import io.andon.config.tls.PemFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks whether PEM files and secrets are there and of the right kind; shows none of them. */
final class PemCheck {
  private final List<Problem> problems;

  PemCheck(List<Problem> problems) {
    this.problems = problems;
  }

  void certificates(String key, String file) {
    try {
      PemFiles.certificates(Path.of(file));
    } catch (CertificateException e) {
      problems.add(new Problem(key, file, String.valueOf(e.getMessage())));
    } catch (IOException e) {
      String why = e.getClass().getSimpleName();
      problems.add(new Problem(key, file, "must be readable: " + why));
    }
  }

  void privateKey(String key, SecretRef ref) {
    String text = secret(key, ref);
    try {
      if (text != null) {
        PemFiles.requirePrivateKey(text);
      }
    } catch (CertificateException e) {
      problems.add(new Problem(key, "", String.valueOf(e.getMessage())));
    }
  }

  /** The secret; null, and a problem told, if it can't be found. */
  @Nullable String secret(String key, SecretRef ref) {
    try {
      return ref.resolve(key).reveal();
    } catch (ConfigException e) {
      problems.addAll(e.problems());
      return null;
    }
  }
}
