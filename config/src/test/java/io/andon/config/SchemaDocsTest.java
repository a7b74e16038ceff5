package io.andon.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SchemaDocsTest {
  @Test
  void listsEverySettingWithTypeDefaultAllowedAndMeaning() {
    assertThat(SchemaDocs.markdown("io/andon/config/line.schema.json").lines())
        .startsWith(
            "| Key | Type | Default | Allowed | Meaning |",
            "|---|---|---|---|---|",
            "| `name` | string | `line` | text of 1 to 20 characters | Name of the line |")
        .contains(
            "| `kafka.batch.lingerMillis` | integer | `5` | an integer from 0 to 1000"
                + " | Waiting time |",
            "| `cameras` | array | required | a list of 1 to 4 items | The cameras |",
            "| `cameras[].fps` | number | `10` | a number above 0 and at most 60"
                + " | Frames a second |")
        .anyMatch(row -> row.startsWith("| `cameras[].password` | string | - | text that matches"))
        .hasSize(12);
  }
}
