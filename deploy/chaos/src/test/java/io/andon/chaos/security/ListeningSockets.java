package io.andon.chaos.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What processes listen on, as the kernel tells it. */
final class ListeningSockets {
  private static final Pattern SOCKET = Pattern.compile("socket:\\[(\\d+)]");
  private static final String LISTENING = "0A";
  private static final String LOOPBACK_4 = "0100007F";
  private static final String LOOPBACK_6 = "00000000000000000000000001000000";
  private static final String LOOPBACK_4_IN_6 = "0000000000000000FFFF00000100007F";

  private ListeningSockets() {}

  /**
   * A socket that takes connections.
   *
   * @param address as the kernel writes it
   * @param port its port
   */
  record Listening(String address, int port) {
    boolean isLoopback() {
      return address.equals(LOOPBACK_4)
          || address.equals(LOOPBACK_6)
          || address.equals(LOOPBACK_4_IN_6);
    }
  }

  /** Those of a process that runs as the same user. */
  static List<Listening> of(long pid) throws IOException {
    Set<String> inodes = inodes(pid);
    List<Listening> found = new ArrayList<>();
    for (String table : List.of("tcp", "tcp6")) {
      for (String line : Files.readAllLines(Path.of("/proc", "" + pid, "net", table))) {
        List<String> fields = List.of(line.strip().split("\\s+", -1));
        if (fields.size() > 9
            && fields.get(3).equals(LISTENING)
            && inodes.contains(fields.get(9))) {
          String local = fields.get(1);
          int colon = local.indexOf(':');
          int port = Integer.parseInt(local.substring(colon + 1), 16);
          found.add(new Listening(local.substring(0, colon), port));
        }
      }
    }
    return found;
  }

  private static Set<String> inodes(long pid) throws IOException {
    Set<String> inodes = new HashSet<>();
    try (Stream<Path> files = Files.list(Path.of("/proc", "" + pid, "fd"))) {
      for (Path file : files.toList()) {
        Matcher matcher = SOCKET.matcher(target(file));
        if (matcher.matches()) {
          inodes.add(matcher.group(1));
        }
      }
    }
    return inodes;
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return ""; // closed meanwhile
    }
  }
}
