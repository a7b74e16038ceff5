package io.andon.kafka.access;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/**
 * What a user may do with a thing, from any host.
 *
 * @param type topic, group or transactional id
 * @param name its name, or what its name begins with
 * @param pattern which of the two: literal or prefixed
 * @param operations what is allowed; describing a topic comes with reading or writing it
 */
public record Grant(
    ResourceType type, String name, PatternType pattern, Set<AclOperation> operations) {
  private static final String EVERY_HOST = "*";

  public Grant {
    operations = Set.copyOf(operations);
  }

  static Grant topic(String name, AclOperation first, AclOperation... more) {
    return new Grant(ResourceType.TOPIC, name, PatternType.LITERAL, EnumSet.of(first, more));
  }

  static Grant group(String name, PatternType pattern) {
    return new Grant(ResourceType.GROUP, name, pattern, EnumSet.of(AclOperation.READ));
  }

  static Grant transactions(String prefix) {
    return new Grant(
        ResourceType.TRANSACTIONAL_ID,
        prefix,
        PatternType.PREFIXED,
        EnumSet.of(AclOperation.WRITE, AclOperation.DESCRIBE));
  }

  /** Kafka's entries that give it to a user. */
  public List<AclBinding> bindings(String user) {
    return new TreeSet<>(operations)
        .stream()
            .map(
                operation ->
                    new AclBinding(
                        new ResourcePattern(type, name, pattern),
                        new AccessControlEntry(
                            "User:" + user, EVERY_HOST, operation, AclPermissionType.ALLOW)))
            .toList();
  }

  /** For people: {@code read, describe_configs on topic andon.frames}. */
  @Override
  public String toString() {
    String allowed =
        new TreeSet<>(operations)
            .stream()
                .map(operation -> operation.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    String wildcard = pattern == PatternType.PREFIXED ? "*" : "";
    return allowed + " on " + type.name().toLowerCase(Locale.ROOT) + " " + name + wildcard;
  }
}
