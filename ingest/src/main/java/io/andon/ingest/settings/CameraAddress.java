package io.andon.ingest.settings;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What of a camera's address may be shown. */
public final class CameraAddress {
  private static final String HIDDEN = "...";
  private static final Pattern ESCAPES = Pattern.compile("(%[0-9A-Fa-f]{2})+");

  private CameraAddress() {}

  /**
   * Scheme, host and port of an address, and its path unless that holds parameters. Queries are not
   * shown: cameras take tokens and passwords in them, and recorders in paths like {@code
   * /user=admin&password=x&channel=1}.
   *
   * @param url an RTSP address
   */
  public static String shown(String url) {
    int path = pathStart(url);
    int query = queryStart(url, path);
    if (holdsParameters(url.substring(path, query))) {
      return url.substring(0, path) + "/" + HIDDEN;
    }
    return query < url.length() ? url.substring(0, query) + "?" + HIDDEN : url;
  }

  /**
   * The parts of an address that {@link #shown} hides, as texts may hold them: as they are written
   * and with percent escapes resolved.
   *
   * @param url an RTSP address
   * @return the parts, longest first; empty where nothing is hidden
   */
  public static List<String> hidden(String url) {
    int path = pathStart(url);
    int query = queryStart(url, path);
    List<String> parts = new ArrayList<>();
    if (holdsParameters(url.substring(path, query))) {
      add(parts, url.substring(path + 1));
      add(parts, url.substring(path + 1, query));
    }
    if (query < url.length()) {
      add(parts, url.substring(query + 1));
    }
    parts.sort((a, b) -> b.length() - a.length());
    return parts;
  }

  private static void add(List<String> parts, String part) {
    for (String text : List.of(part, unescaped(part))) {
      if (!text.isEmpty() && !parts.contains(text)) {
        parts.add(text);
      }
    }
  }

  private static String unescaped(String part) {
    Matcher escapes = ESCAPES.matcher(part);
    return escapes.replaceAll(
        found -> {
          byte[] bytes = HexFormat.of().parseHex(found.group().replace("%", ""));
          return Matcher.quoteReplacement(new String(bytes, StandardCharsets.UTF_8));
        });
  }

  /** Where the path begins, else the query, else the end. */
  private static int pathStart(String url) {
    int authority = url.indexOf("://");
    for (int i = authority < 0 ? 0 : authority + 3; i < url.length(); i++) {
      if (url.charAt(i) == '/' || url.charAt(i) == '?') {
        return i;
      }
    }
    return url.length();
  }

  private static int queryStart(String url, int path) {
    int query = url.indexOf('?', path);
    return query < 0 ? url.length() : query;
  }

  private static boolean holdsParameters(String path) {
    return path.indexOf('=') >= 0 || path.toLowerCase(Locale.ROOT).contains("%3d");
  }
}
