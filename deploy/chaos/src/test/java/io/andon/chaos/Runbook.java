package io.andon.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The commands of a document's chapter, as they stand there. */
final class Runbook {
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

  private Runbook() {}

  /** The fenced {@code sh} blocks of a chapter, in their order. */
  static List<String> blocks(Path document, String chapter) throws IOException {
    String text = Files.readString(document);
    int begin = text.indexOf("\n## " + chapter + "\n");
    if (begin < 0) {
      throw new IOException(document + " has no chapter " + chapter);
    }
    int end = text.indexOf("\n## ", begin + 1);
    Matcher matcher = BLOCK.matcher(text.substring(begin, end < 0 ? text.length() : end));
    List<String> blocks = new ArrayList<>();
    while (matcher.find()) {
      blocks.add(matcher.group(1));
    }
    return blocks;
  }

  /** One script of all blocks: it stops at the first command that fails, and says which it was. */
  static String script(List<String> blocks) {
    return "set -euo pipefail\nset -x\n" + String.join("\n", blocks);
  }
}
