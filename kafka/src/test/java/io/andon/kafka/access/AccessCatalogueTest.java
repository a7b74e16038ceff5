package io.andon.kafka.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.andon.contracts.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;

class AccessCatalogueTest {
  @Test
  void eachTopicHasTheWritersThatItsContractNames() {
    Map<String, Set<Role>> expected =
        Map.of(
            Topics.FRAMES, Set.of(Role.INGEST),
            Topics.INCIDENTS, Set.of(Role.JOB),
            Topics.SCORES, Set.of(Role.JOB),
            Topics.HEALTH, Set.of(Role.INGEST, Role.JOB),
            Topics.EMBEDDINGS, Set.of(Role.JOB),
            Topics.CONTROL, Set.of(Role.OPERATOR),
            Topics.CONTROL_ACKS, Set.of(Role.JOB),
            Topics.DEAD_LETTER, Set.of(Role.JOB));
    Topics.all()
        .forEach(
            topic ->
                assertThat(writers(topic.name()))
                    .as(topic.name())
                    .isEqualTo(expected.get(topic.name())));
  }

  @Test
  void nobodyMayChangeTopicsOrUsers() {
    for (Role role : Role.values()) {
      for (Grant grant : AccessCatalogue.grants(role, AccessNames.DEFAULTS)) {
        assertThat(grant.type()).isNotEqualTo(ResourceType.CLUSTER);
        assertThat(grant.operations())
            .isSubsetOf(
                AclOperation.READ,
                AclOperation.WRITE,
                AclOperation.DESCRIBE,
                AclOperation.DESCRIBE_CONFIGS);
      }
    }
  }

  @Test
  void onlyJobAndOperatorSeePictures() {
    Set<Role> readers =
        Arrays.stream(Role.values())
            .filter(role -> operations(role, Topics.FRAMES).contains(AclOperation.READ))
            .collect(Collectors.toSet());
    assertThat(readers).isEqualTo(Set.of(Role.JOB, Role.OPERATOR));
  }

  @Test
  void followsOtherNames() {
    AccessNames names = new AccessNames(Map.of(Topics.FRAMES, "plant.frames"), "g", "t", "c");
    List<String> granted =
        AccessCatalogue.grants(Role.JOB, names).stream().map(Grant::toString).toList();
    assertThat(granted)
        .contains(
            "read, describe_configs on topic plant.frames",
            "read on group g",
            "write, describe on transactional_id t*")
        .noneMatch(grant -> grant.contains(Topics.FRAMES));
  }

  @Test
  void theDocumentShowsTheWholeCatalogue() throws IOException {
    assertThat(Files.readString(Path.of("../docs/security.md"))).contains(table());
  }

  /** A row a thing, a column a role. */
  private static String table() {
    Map<String, Map<Role, String>> rows = new LinkedHashMap<>();
    Topics.all().forEach(topic -> rows.put("topic `" + topic.name() + "`", new TreeMap<>()));
    for (Role role : Role.values()) {
      for (Grant grant : AccessCatalogue.grants(role, AccessNames.DEFAULTS)) {
        String text = grant.toString().replace('_', ' ');
        String may = text.substring(0, text.indexOf(" on "));
        String thing = text.substring(text.indexOf(" on ") + 4).replaceFirst(" (\\S+)$", " `$1`");
        rows.computeIfAbsent(thing, key -> new TreeMap<>()).put(role, may);
      }
    }
    StringBuilder table = new StringBuilder("| |");
    StringBuilder rule = new StringBuilder("\n|---|");
    for (Role role : Role.values()) {
      table.append(' ').append(role.wireName()).append(" |");
      rule.append("---|");
    }
    table.append(rule).append('\n');
    rows.forEach(
        (thing, cells) -> {
          table.append("| ").append(thing).append(" |");
          for (Role role : Role.values()) {
            table.append(' ').append(cells.getOrDefault(role, "-")).append(" |");
          }
          table.append('\n');
        });
    return table.toString();
  }

  private static Set<Role> writers(String topic) {
    Set<Role> writers = new TreeSet<>();
    for (Role role : Role.values()) {
      if (operations(role, topic).contains(AclOperation.WRITE)) {
        writers.add(role);
      }
    }
    return writers;
  }

  private static Set<AclOperation> operations(Role role, String topic) {
    return AccessCatalogue.grants(role, AccessNames.DEFAULTS).stream()
        .filter(grant -> grant.type() == ResourceType.TOPIC && grant.name().equals(topic))
        .flatMap(grant -> grant.operations().stream())
        .collect(Collectors.toSet());
  }
}
