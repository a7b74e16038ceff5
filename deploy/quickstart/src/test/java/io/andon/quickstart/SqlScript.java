package io.andon.quickstart;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;

/** Runs a script of Flink SQL and prints the rows of its queries, a row a line. */
final class SqlScript {
  private static final Pattern COMMENT = Pattern.compile("(?m)^--.*$");
  private static final Pattern END = Pattern.compile(";\\s*(\\n|$)");
  private static final Pattern SETTING = Pattern.compile("SET '(.+)' = '(.+)'");

  private SqlScript() {}

  /**
   * Runs it.
   *
   * @param args the script's file
   */
  public static void main(String[] args) throws Exception {
    TableEnvironment tables =
        TableEnvironment.create(EnvironmentSettings.newInstance().inBatchMode().build());
    String script = COMMENT.matcher(Files.readString(Path.of(args[0]))).replaceAll("");
    List<String> statements =
        END.splitAsStream(script).map(String::strip).filter(text -> !text.isEmpty()).toList();
    for (String statement : statements) {
      Matcher setting = SETTING.matcher(statement);
      if (setting.matches()) {
        tables.getConfig().set(setting.group(1), setting.group(2));
      } else {
        TableResult result = tables.executeSql(statement);
        if (statement.startsWith("SELECT")) {
          result.collect().forEachRemaining(System.out::println);
        }
      }
    }
  }
}
