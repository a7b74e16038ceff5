package io.andon.kafka.access;

import static java.util.Objects.requireNonNull;

import io.andon.kafka.KafkaConnection;
import io.andon.kafka.KafkaFailure;
import io.andon.kafka.TlsProbe;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTransactionsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * Asks the brokers, before a client begins, whether it is let in and may do what it will do.
 * Nothing is written.
 */
public final class AccessCheck {
  private final KafkaConnection connection;
  private final KafkaFailure failure;
  private final int limitMillis;

  /**
   * @param connection of the client
   * @param limit longest wait for an answer, where the client's properties say no other
   */
  public AccessCheck(KafkaConnection connection, Duration limit) {
    this.connection = connection;
    this.failure = new KafkaFailure(connection);
    this.limitMillis = Math.toIntExact(limit.toMillis());
  }

  /**
   * What the brokers say.
   *
   * @param problems every reason why the client would be refused; a missing topic is none
   * @param silence why nobody answered; null if somebody did
   */
  public record Verdict(List<String> problems, @Nullable Throwable silence) {}

  /**
   * Asks.
   *
   * @param grants what the client will do
   * @throws org.apache.kafka.common.KafkaException if a property of the client is wrong
   */
  public Verdict verdict(List<Grant> grants) throws InterruptedException {
    Optional<String> mistaken = TlsProbe.mistaken(connection);
    if (mistaken.isPresent()) {
      return new Verdict(List.of(KafkaFailure.speaksTls(mistaken.get())), null);
    }
    Admin admin = Admin.create(settings());
    try {
      admin.describeCluster().nodes().get();
      return new Verdict(problems(admin, grants), null);
    } catch (ExecutionException e) {
      return failure
          .explain(e)
          .map(refused -> new Verdict(List.of(refused), null))
          .orElseGet(() -> new Verdict(List.of(), e.getCause()));
    } finally {
      // Without a limit it would wait for calls that nobody answers.
      admin.close(Duration.ZERO);
    }
  }

  private Map<String, Object> settings() {
    Map<String, Object> settings = new HashMap<>(connection.clientProperties());
    for (String limit :
        List.of(
            AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
            AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG)) {
      settings.putIfAbsent(limit, limitMillis);
    }
    return settings;
  }

  private List<String> problems(Admin admin, List<Grant> grants) throws InterruptedException {
    List<String> problems = new ArrayList<>();
    Map<String, KafkaFuture<TopicDescription>> topics =
        admin
            .describeTopics(
                grants.stream().filter(AccessCheck::isTopic).map(Grant::name).toList(),
                new DescribeTopicsOptions().includeAuthorizedOperations(true))
            .topicNameValues();
    for (Grant grant : grants) {
      switch (grant.type()) {
        case TOPIC -> topic(requireNonNull(topics.get(grant.name())), grant, problems);
        case GROUP ->
            refused(
                    requireNonNull(
                        admin
                            .describeConsumerGroups(
                                List.of(grant.name()), new DescribeConsumerGroupsOptions())
                            .describedGroups()
                            .get(grant.name())))
                .ifPresent(why -> problems.add(failure.denied("use group " + grant.name())));
        case TRANSACTIONAL_ID ->
            refused(
                    admin
                        .describeTransactions(
                            List.of(grant.name()), new DescribeTransactionsOptions())
                        .description(grant.name()))
                .ifPresent(
                    why ->
                        problems.add(
                            failure.denied("use transactional ids " + grant.name() + "*")));
        default -> throw new IllegalArgumentException("no check of " + grant);
      }
    }
    return problems;
  }

  private static boolean isTopic(Grant grant) {
    return grant.type() == ResourceType.TOPIC;
  }

  private void topic(KafkaFuture<TopicDescription> answer, Grant grant, List<String> problems)
      throws InterruptedException {
    try {
      Set<AclOperation> allowed = answer.get().authorizedOperations();
      if (allowed != null && !allowed.containsAll(grant.operations())) {
        problems.add(failure.denied(missing(grant, allowed)));
      }
    } catch (ExecutionException e) {
      if (failure.explain(e).isPresent()) {
        problems.add(failure.denied(missing(grant, Set.of())));
      }
    }
  }

  /** The part of a grant that the user lacks, {@code write on topic andon.frames}. */
  private static String missing(Grant grant, Set<AclOperation> allowed) {
    Set<AclOperation> lacking = new HashSet<>(grant.operations());
    lacking.removeAll(allowed);
    return new Grant(grant.type(), grant.name(), grant.pattern(), lacking).toString();
  }

  private Optional<String> refused(KafkaFuture<?> answer) throws InterruptedException {
    try {
      answer.get();
      return Optional.empty();
    } catch (ExecutionException e) {
      return failure.explain(e);
    }
  }
}
