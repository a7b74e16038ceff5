package io.andon.quickstart.screen;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a terminal of few columns and endless lines shows of an output. */
final class TinyTerminal {
  private static final Pattern PIECE =
      Pattern.compile("\u001b\\[(?<code>\\??[0-9;]*)(?<command>[A-Za-z])|(?<text>[\\s\\S])");

  private final int columns;
  private final List<StringBuilder> lines = new ArrayList<>();
  private boolean wraps = true;
  private int line;
  private int column;

  private TinyTerminal(int columns) {
    this.columns = columns;
    lines.add(new StringBuilder());
  }

  /** The lines after the whole output, the last empty one left out. */
  static List<String> show(int columns, String output) {
    TinyTerminal terminal = new TinyTerminal(columns);
    Matcher piece = PIECE.matcher(output);
    while (piece.find()) {
      if (piece.group("text") != null) {
        terminal.print(piece.group("text").charAt(0));
      } else {
        terminal.obey(piece.group("code") + piece.group("command"));
      }
    }
    return terminal.lines.stream().map(StringBuilder::toString).filter(t -> !t.isEmpty()).toList();
  }

  private void obey(String sequence) {
    switch (sequence) {
      case "1A" -> line = Math.max(0, line - 1);
      case "2K" -> lines.get(line).setLength(0);
      case "?7l" -> wraps = false;
      case "?7h" -> wraps = true;
      default -> {
        if (!sequence.endsWith("m")) {
          throw new IllegalArgumentException("not known here: " + sequence);
        }
      }
    }
  }

  private void print(char character) {
    if (character == '\n') {
      nextLine();
    } else if (character == '\r') {
      column = 0;
    } else {
      if (column == columns && wraps) {
        nextLine();
      }
      put(character);
    }
  }

  private void nextLine() {
    line++;
    column = 0;
    if (line == lines.size()) {
      lines.add(new StringBuilder());
    }
  }

  private void put(char character) {
    StringBuilder text = lines.get(line);
    column = Math.min(column, columns - 1);
    text.setLength(Math.max(text.length(), column + 1));
    text.setCharAt(column, character);
    column++;
  }
}
