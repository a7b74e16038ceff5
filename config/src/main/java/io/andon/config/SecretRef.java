package io.andon.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.andon.config.ConfigException.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Where a secret is to be found, so that none stands in a configuration file: {@code env:NAME} (an
 * environment variable) or {@code file:/path} (the content of a file without its last line end, at
 * most {@link #MAX_FILE_BYTES}). Resolved late, each time it is needed, so that a rotated secret is
 * picked up.
 *
 * @param reference {@code env:NAME} or {@code file:/path}
 */
public record SecretRef(@JsonValue String reference) {
  /** Largest secret file, in bytes. */
  public static final int MAX_FILE_BYTES = 64 * 1024;

  /** For the schema of a property that holds a reference. */
  public static final String PATTERN = "^(env:[A-Za-z_][A-Za-z0-9_]*|file:/.+)$";

  /** What Java puts in the place of bytes that are no text in the locale. */
  private static final char UNREADABLE = '\ufffd';

  private static final char BYTE_ORDER_MARK = '\ufeff';
  private static final String SIZE = " must hold 1 to " + MAX_FILE_BYTES + " bytes";
  private static final Pattern GRAMMAR = Pattern.compile(PATTERN);

  /**
   * Makes a reference.
   *
   * @throws IllegalArgumentException if it is of neither form; the message doesn't repeat it, since
   *     somebody may have written the secret itself
   */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public SecretRef {
    if (!GRAMMAR.matcher(reference).matches()) {
      throw new IllegalArgumentException("a secret is given as env:NAME or file:/path");
    }
  }

  /**
   * Finds the secret in the environment of this process or in its file.
   *
   * @param key path of the setting, for the message
   * @throws ConfigException if there is none
   */
  public Secret resolve(String key) throws ConfigException {
    return resolve(key, System.getenv());
  }

  /**
   * Finds the secret.
   *
   * @param key path of the setting, for the message
   * @param environment environment variables
   * @throws ConfigException if the variable is not set, empty, or no text in this locale, or the
   *     file can't be read, is none (a pipe, a folder), is empty or too large, or holds something
   *     else than text in UTF-8
   */
  public Secret resolve(String key, Map<String, String> environment) throws ConfigException {
    String place = reference.substring(reference.indexOf(':') + 1);
    if (reference.startsWith("env:")) {
      String value = environment.get(place);
      if (value == null || value.isEmpty()) {
        throw unresolvable(key, "the environment variable " + place + " must be set");
      }
      if (value.indexOf(UNREADABLE) >= 0) {
        throw unresolvable(
            key,
            "the environment variable "
                + place
                + " holds characters that this process can't read in its locale; start it with"
                + " LC_ALL=C.UTF-8, or use file:");
      }
      return new Secret(value);
    }
    try {
      return new Secret(content(key, Path.of(place)));
    } catch (InvalidPathException e) {
      throw unresolvable(key, "the file's name must be a path: " + e.getReason());
    }
  }

  private static String content(String key, Path file) throws ConfigException {
    // A pipe without a writer would hold the start up for ever.
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw unresolvable(key, file + " must be a regular file");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_FILE_BYTES + 1);
      if (bytes.length == 0 || bytes.length > MAX_FILE_BYTES) {
        throw tooShortOrLong(key, file);
      }
      String text = utf8(bytes).replaceFirst("\\R\\z", "");
      if (text.isEmpty()) {
        throw unresolvable(key, file + SIZE + " besides a line end");
      }
      return text;
    } catch (CharacterCodingException e) {
      throw unresolvable(key, file + " must be text in UTF-8, without a byte order mark");
    } catch (IOException e) {
      throw unresolvable(key, file + " must be readable: " + e.getClass().getSimpleName());
    }
  }

  /** A password in another encoding would be another password. */
  private static String utf8(byte[] bytes) throws CharacterCodingException {
    String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    if (text.charAt(0) == BYTE_ORDER_MARK || text.indexOf('\0') >= 0) {
      throw new CharacterCodingException();
    }
    return text;
  }

  private static ConfigException tooShortOrLong(String key, Path file) {
    return unresolvable(key, file + SIZE);
  }

  private static ConfigException unresolvable(String key, String allowed) {
    return new ConfigException("secret", List.of(new Problem(key, "", allowed)));
  }
}
