package io.andon.ingest.settings;

import io.andon.config.ConfigException;
import io.andon.config.ConfigException.Problem;
import io.andon.config.ConfigLoader;
import io.andon.config.SecretRef;
import io.andon.config.SelfChecked;
import io.andon.contracts.TopicSpec;
import io.andon.contracts.Topics;
import io.andon.kafka.BootstrapServers;
import io.andon.kafka.KafkaConnection;
import io.andon.kafka.KafkaSecurity;
import io.andon.kafka.access.AccessNames;
import io.andon.kafka.access.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator of Kafka gives; ranges and defaults stand in {@code admin.schema.json}.
 *
 * @param kafka where Kafka is, and an administrator's log-in
 * @param users who gets what their role needs
 * @param names what topics, groups and transactions are called
 */
public record AdminConfig(Kafka kafka, Users users, Names names) implements SelfChecked {
  /** Path of the schema on the class path. */
  public static final String SCHEMA = "io/andon/ingest/admin.schema.json";

  /** The {@code kafka} section. */
  public record Kafka(String bootstrapServers, KafkaSecurity security) {}

  /** The {@code users} section. */
  public record Users(
      @Nullable User ingest,
      @Nullable User job,
      @Nullable User consumer,
      @Nullable User operator) {}

  /**
   * A user.
   *
   * @param name name
   * @param password where the password is that it gets; null if it is made elsewhere
   */
  public record User(String name, @Nullable SecretRef password) {}

  /** The {@code names} section. */
  public record Names(
      String jobGroup,
      String transactionalIdPrefix,
      String consumerGroupPrefix,
      Map<String, String> topics) {
    public Names {
      topics = Map.copyOf(topics);
    }

    /** For the catalogue. */
    public AccessNames toAccess() {
      return new AccessNames(topics, jobGroup, transactionalIdPrefix, consumerGroupPrefix);
    }

    /** The topics under their names here. */
    public List<TopicSpec> toSpecs() {
      return Topics.all().stream()
          .map(spec -> spec.withName(topics.getOrDefault(spec.name(), spec.name())))
          .toList();
    }
  }

  /**
   * Loads and checks a file, and the secrets and files that it points to.
   *
   * @throws ConfigException with every problem
   */
  public static AdminConfig load(Path file) throws ConfigException {
    AdminConfig config = ConfigLoader.load(file, SCHEMA, AdminConfig.class);
    List<Problem> problems = config.unusable();
    if (!problems.isEmpty()) {
      throw new ConfigException(file.toString(), problems);
    }
    return config;
  }

  private List<Problem> unusable() {
    List<Problem> problems = new ArrayList<>(kafka.security.unusable("kafka.security"));
    byRole()
        .forEach(
            (role, user) -> {
              try {
                if (user.password != null) {
                  user.password.resolve("users." + role.wireName() + ".password");
                }
              } catch (ConfigException e) {
                problems.addAll(e.problems());
              }
            });
    return problems;
  }

  /** The users given, by what they do. */
  public Map<Role, User> byRole() {
    Map<Role, User> given = new EnumMap<>(Role.class);
    put(given, Role.INGEST, users.ingest);
    put(given, Role.JOB, users.job);
    put(given, Role.CONSUMER, users.consumer);
    put(given, Role.OPERATOR, users.operator);
    return given;
  }

  private static void put(Map<Role, User> given, Role role, @Nullable User user) {
    if (user != null) {
      given.put(role, user);
    }
  }

  /** How the administrator's client connects. */
  public KafkaConnection connection() {
    return KafkaConnection.of(kafka.bootstrapServers, kafka.security);
  }

  @Override
  public List<Problem> problems() {
    List<Problem> problems =
        BootstrapServers.problems("kafka.bootstrapServers", kafka.bootstrapServers);
    problems.addAll(kafka.security.problems("kafka.security", Map.of()));
    Map<String, Role> taken = new HashMap<>();
    byRole()
        .forEach(
            (role, user) -> {
              Role other = taken.putIfAbsent(user.name, role);
              if (other != null) {
                problems.add(
                    new Problem(
                        "users." + role.wireName() + ".name",
                        user.name,
                        "must be a user of its own; users." + other.wireName() + " has it"));
              }
            });
    problems.addAll(sharedTopics());
    return problems;
  }

  private List<Problem> sharedTopics() {
    List<Problem> problems = new ArrayList<>();
    Map<String, String> owners = new HashMap<>();
    for (TopicSpec spec : Topics.all()) {
      String name = names.topics.getOrDefault(spec.name(), spec.name());
      String other = owners.putIfAbsent(name, spec.name());
      if (other != null) {
        problems.add(
            new Problem(
                "names.topics." + spec.name(),
                name,
                "must be a name of its own; " + other + " has it"));
      }
    }
    return problems;
  }
}
