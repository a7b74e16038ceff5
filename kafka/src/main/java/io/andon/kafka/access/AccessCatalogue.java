package io.andon.kafka.access;

import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;

import io.andon.contracts.TopicSpec;
import io.andon.contracts.Topics;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.resource.PatternType;

/**
 * The least that each user needs, and the one place that says so: the {@code access} command grants
 * it, start-up checks it, docs/security.md and deployments are compared with it. Nobody here may
 * create topics or users; an administrator does that once.
 */
public final class AccessCatalogue {
  private AccessCatalogue() {}

  /** What a role may do. */
  public static List<Grant> grants(Role role, AccessNames names) {
    return switch (role) {
      case INGEST -> ingest(names);
      case JOB -> job(names);
      case CONSUMER -> consumer(names);
      case OPERATOR -> operator(names);
    };
  }

  private static List<Grant> ingest(AccessNames names) {
    return List.of(
        Grant.topic(names.topic(Topics.FRAMES), WRITE),
        Grant.topic(names.topic(Topics.HEALTH), WRITE),
        // The job's lag, to lower the rate.
        Grant.topic(names.topic(Topics.SCORES), READ));
  }

  /** Sizes of topics are looked at before the job starts, hence their settings. */
  private static List<Grant> job(AccessNames names) {
    List<Grant> grants = new ArrayList<>();
    for (TopicSpec topic : Topics.all()) {
      boolean read = topic.name().equals(Topics.FRAMES) || topic.name().equals(Topics.CONTROL);
      grants.add(Grant.topic(names.topic(topic.name()), read ? READ : WRITE, DESCRIBE_CONFIGS));
    }
    grants.add(Grant.group(names.jobGroup(), PatternType.LITERAL));
    grants.add(Grant.transactions(names.transactionalIdPrefix()));
    return List.copyOf(grants);
  }

  private static List<Grant> consumer(AccessNames names) {
    return List.of(
        Grant.topic(names.topic(Topics.INCIDENTS), READ),
        Grant.topic(names.topic(Topics.HEALTH), READ),
        Grant.group(names.consumerGroupPrefix(), PatternType.PREFIXED));
  }

  /** Time travel reads frames and commands again; nothing but commands is ever written. */
  private static List<Grant> operator(AccessNames names) {
    List<Grant> grants = new ArrayList<>();
    for (TopicSpec topic : Topics.all()) {
      String name = names.topic(topic.name());
      grants.add(
          topic.name().equals(Topics.CONTROL)
              ? Grant.topic(name, READ, WRITE)
              : Grant.topic(name, READ));
    }
    return List.copyOf(grants);
  }
}
