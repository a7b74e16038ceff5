package io.andon.kafka.access;

import java.util.Map;

/**
 * What things are called in an installation.
 *
 * @param topics topics that are not called by their default name, by that default name
 * @param jobGroup the job's consumer group
 * @param transactionalIdPrefix what the job's transactional ids begin with
 * @param consumerGroupPrefix what the groups of programs that act on incidents begin with
 */
public record AccessNames(
    Map<String, String> topics,
    String jobGroup,
    String transactionalIdPrefix,
    String consumerGroupPrefix) {
  /** As everything is called unless a configuration says otherwise. */
  public static final AccessNames DEFAULTS =
      new AccessNames(Map.of(), "andon-job", "andon-job", "alerts");

  public AccessNames {
    topics = Map.copyOf(topics);
  }

  /** The name of the topic with that default name. */
  public String topic(String defaultName) {
    return topics.getOrDefault(defaultName, defaultName);
  }
}
