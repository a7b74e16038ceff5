package io.andon.kafka;

import io.andon.config.ConfigException;
import io.andon.config.ConfigException.Problem;
import io.andon.config.SecretRef;
import io.andon.config.tls.PemFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
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

  void privateKey(String key, SecretRef ref, String passwordKey, @Nullable SecretRef passwordRef) {
    String text = secret(key, ref);
    boolean isKey = text != null && PemFiles.isPrivateKey(text);
    if (text != null && !isKey) {
      problems.add(new Problem(key, "", PemFiles.KEY_FORM));
    }
    String password = passwordRef == null ? null : secret(passwordKey, passwordRef);
    if (text == null || !isKey) {
      return;
    }
    if (password != null) {
      open(text, passwordKey, password);
    } else if (passwordRef == null && text.contains("ENCRYPTED")) {
      problems.add(new Problem(passwordKey, "", "must be given: the key is under a password"));
    }
  }

  private void open(String text, String passwordKey, String password) {
    try {
      PemFiles.opened(text, password);
    } catch (GeneralSecurityException e) {
      problems.add(new Problem(passwordKey, "", String.valueOf(e.getMessage())));
    }
  }

  /** A password, which the line that tells it to a login module can hold no line end of. */
  void password(String key, SecretRef ref) {
    String password = secret(key, ref);
    if (password != null && password.chars().anyMatch(c -> c == '\n' || c == '\r')) {
      boolean isFile = ref.reference().startsWith("file:");
      problems.add(
          new Problem(
              key,
              "",
              ref.reference()
                  + (isFile
                      ? " must hold one line; its last line end is left out"
                      : " must hold no line end")));
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
