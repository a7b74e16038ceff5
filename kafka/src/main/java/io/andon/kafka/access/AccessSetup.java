package io.andon.kafka.access;

import io.andon.config.Secret;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.common.acl.AccessControlEntryFilter;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.ResourcePatternFilter;

/** Gives users their passwords and what they may do; takes nothing away. */
public final class AccessSetup {
  private static final int ITERATIONS = 8192;

  private final Admin admin;

  /**
   * @param admin client of somebody who may alter the cluster; stays the caller's to close
   */
  public AccessSetup(Admin admin) {
    this.admin = admin;
  }

  /**
   * Compares what users may do with what they should.
   *
   * @param users their names
   * @param wanted what they should be allowed
   * @throws ExecutionException if the cluster doesn't answer or refuses
   */
  public Comparison compare(Collection<String> users, List<AclBinding> wanted)
      throws ExecutionException, InterruptedException {
    Set<AclBinding> existing = new HashSet<>();
    for (String user : users) {
      AclBindingFilter ofUser =
          new AclBindingFilter(
              ResourcePatternFilter.ANY,
              new AccessControlEntryFilter(
                  "User:" + user, null, AclOperation.ANY, AclPermissionType.ANY));
      existing.addAll(admin.describeAcls(ofUser).values().get());
    }
    List<AclBinding> missing = new ArrayList<>(wanted);
    missing.removeAll(existing);
    List<AclBinding> more = new ArrayList<>(existing);
    more.removeAll(wanted);
    return new Comparison(List.copyOf(missing), List.copyOf(more));
  }

  /**
   * Allows something.
   *
   * @throws ExecutionException if the cluster doesn't answer or refuses
   */
  public void grant(List<AclBinding> bindings) throws ExecutionException, InterruptedException {
    admin.createAcls(bindings).all().get();
  }

  /**
   * Makes a user, or gives an existing one another password.
   *
   * @throws ExecutionException if the cluster doesn't answer or refuses
   */
  public void password(String user, Secret password)
      throws ExecutionException, InterruptedException {
    ScramCredentialInfo kind = new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_512, ITERATIONS);
    admin
        .alterUserScramCredentials(
            List.of(new UserScramCredentialUpsertion(user, kind, password.reveal())))
        .all()
        .get();
  }

  /**
   * How a cluster stands to what should be.
   *
   * @param missing what users should be allowed and are not
   * @param more what they are allowed beyond it, or denied
   */
  public record Comparison(List<AclBinding> missing, List<AclBinding> more) {}
}
