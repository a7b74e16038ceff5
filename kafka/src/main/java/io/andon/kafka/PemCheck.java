package io.andon.kafka;

import io.andon.config.ConfigException;
import io.andon.config.ConfigException.Problem;
import io.andon.config.SecretRef;
import io.andon.config.tls.PemFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks whether PEM files and secrets are there and of the right kind; shows none of them. */
final class PemCheck {
  private final List<Problem> problems;
  private final Instant now;

  PemCheck(List<Problem> problems, Instant now) {
    this.problems = problems;
    this.now = now;
  }

  void certificates(String key, String file) {
    read(key, file);
  }

  /** A client's own: brokers refuse one out of its time, and say nothing of why. */
  void ownCertificate(String key, String file) {
    if (read(key, file) instanceof X509Certificate own) {
      try {
        own.checkValidity(Date.from(now));
      } catch (CertificateExpiredException e) {
        String ended = "must be valid, and has expired on " + own.getNotAfter().toInstant();
        problems.add(new Problem(key, file, ended + clock()));
      } catch (CertificateNotYetValidException e) {
        String begins = "must be valid, and is so from " + own.getNotBefore().toInstant() + " on";
        problems.add(new Problem(key, file, begins + clock()));
      }
    }
  }

  private String clock() {
    return "; this machine's clock says " + now;
  }

  /** The first certificate of a file; null, and a problem told, if there is none. */
  private @Nullable Certificate read(String key, String file) {
    try {
      return PemFiles.certificates(Path.of(file)).iterator().next();
    } catch (CertificateException e) {
      problems.add(new Problem(key, file, String.valueOf(e.getMessage())));
    } catch (IOException e) {
      String why = e.getClass().getSimpleName();
      problems.add(new Problem(key, file, "must be readable: " + why));
    }
    return null;
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
