package io.andon.config;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.andon.config.ConfigException.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * YAML text as a tree. Duplicate keys, anchors' aliases, several documents in one file and numbers
 * that YAML 1.1 reads in its own way ({@code 017} is 15) are refused, since each would silently
 * mean something else than it looks like. Messages tell the place, never the text of the line: it
 * may hold a secret.
 */
final class YamlText {
  private static final YAMLFactory FACTORY =
      YAMLFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // As YAML 1.2 has it: "profile: off" and "id: no" are words.
          .enable(YAMLParser.Feature.PARSE_BOOLEAN_LIKE_WORDS_AS_STRINGS)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(64).build())
          .build();
  private static final ObjectReader READER = new YAMLMapper(FACTORY).reader();

  private static final Pattern PLAIN_NUMBER =
      Pattern.compile(
          "[-+]?(0x[0-9a-fA-F]+|0b[01]+"
              + "|((0|[1-9][0-9]*)(\\.[0-9]*)?|\\.[0-9]+)([eE][-+]?[0-9]+)?)");

  private YamlText() {}

  static JsonNode parse(String text, String sourceName) throws ConfigException {
    try {
      List<Problem> surprises = controlCharacters(text);
      if (surprises.isEmpty()) {
        surprises = surprises(text);
      }
      if (!surprises.isEmpty()) {
        throw new ConfigException(sourceName, surprises);
      }
      return READER.readTree(text);
    } catch (JacksonException e) {
      throw new ConfigException(sourceName, List.of(syntaxProblem(e)));
    } catch (IOException e) {
      throw new UncheckedIOException("a string can't fail to be read", e);
    }
  }

  /** The parser tells of none where it is. */
  private static List<Problem> controlCharacters(String text) {
    int line = 1;
    int column = 1;
    for (int at = 0; at < text.length(); at = text.offsetByCodePoints(at, 1)) {
      int c = text.codePointAt(at);
      if (!StreamReader.isPrintable(c)) {
        return List.of(
            new Problem(
                place(line, column),
                "",
                "must not hold the control character U+%04X".formatted(c)));
      }
      line += c == '\n' ? 1 : 0;
      column = c == '\n' ? 1 : column + 1;
    }
    return List.of();
  }

  private static List<Problem> surprises(String text) throws IOException {
    List<Problem> found = new ArrayList<>();
    try (YAMLParser parser = FACTORY.createParser(text)) {
      int depth = 0;
      int documents = 0;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (depth == 0 && ++documents == 2) {
          found.add(new Problem(place(parser.currentTokenLocation()), "", "one document a file"));
        }
        if (parser.isCurrentAlias()) {
          found.add(
              new Problem(
                  place(parser.currentTokenLocation()), "", "aliases (*name) aren't supported"));
        }
        if (token.isNumeric() && !PLAIN_NUMBER.matcher(parser.getText()).matches()) {
          found.add(
              new Problem(
                  place(parser.currentTokenLocation()),
                  "",
                  "a number must be finite, without leading zeros, underscores and colons;"
                      + " text that looks like one goes into quotes"));
        }
        depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      }
    }
    return found;
  }

  private static Problem syntaxProblem(JacksonException e) {
    if (e.getCause() instanceof MarkedYAMLException yaml && yaml.getProblem() != null) {
      Mark mark = yaml.getProblemMark();
      String place = mark == null ? "(file)" : place(mark.getLine() + 1, mark.getColumn() + 1);
      return new Problem(place, "", "must be YAML: " + withoutText(yaml.getProblem()));
    }
    JsonLocation location = e.getLocation();
    return new Problem(
        location == null ? "(file)" : place(location),
        "",
        "must be YAML: " + withoutText(e.getOriginalMessage()));
  }

  private static String place(JsonLocation location) {
    return place(location.getLineNr(), location.getColumnNr());
  }

  private static String place(int line, int column) {
    return "(line " + line + ", column " + column + ")";
  }

  /** The first line, without what a secret may be in: a tag, or a key that has a value in it. */
  private static String withoutText(String message) {
    String first = message.lines().findFirst().orElse("");
    return first
        .replaceFirst("(undefined|duplicate) tag handle .*", "$1 tag handle (!...)")
        .replaceFirst("^(Duplicate field '[^:=]*)[:=].*", "$1...'");
  }
}
